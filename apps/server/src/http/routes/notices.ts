import { fail, ok } from '@postern/vocabulary'
import type { PasswordPorts } from '../../flows/manage-passwords.ts'
import type { Handlers } from '../api.ts'
import { noticeDocument } from '../password-documents.ts'

export function noticeHandlers({ store }: PasswordPorts): Pick<Handlers, 'listNotices' | 'dismissNotice'> {
	return {
		async listNotices({ member }) {
			const notices = await store.notices.list(member.memberId)
			return ok({ notices: notices.map(noticeDocument) })
		},

		async dismissNotice({ member, path }) {
			const isDone = await store.notices.dismiss(member.memberId, path['noticeId'] ?? '')
			return isDone ? ok() : fail('request/not-found')
		},
	}
}
