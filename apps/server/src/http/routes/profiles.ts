import type { ProfileDocument } from '@postern/api/contract'
import { fail, ok, type Result } from '@postern/vocabulary'
import { setApiLogin, setApiLoginRule } from '../../flows/api-login.ts'
import { createMachine } from '../../flows/create-machine.ts'
import type { Managing, PasswordPorts } from '../../flows/manage-passwords.ts'
import type { Handlers } from '../api.ts'
import { profileDocument } from '../password-documents.ts'
import { managingOf } from './managing-of.ts'

type ProfileHandlers = Pick<Handlers, 'getProfile' | 'setApiLogin' | 'setApiLoginRule' | 'createMachine'>

export function profileHandlers(ports: PasswordPorts): ProfileHandlers {
	return {
		getProfile: (request) => readProfile(managingOf(request), ports),

		async setApiLogin(request) {
			const managing = managingOf(request)
			const set = await setApiLogin(managing, request.body.allowed, ports)
			return set.ok ? readProfile(managing, ports) : set
		},

		setApiLoginRule: (request) => setApiLoginRule(managingOf(request), request.body.rule, ports),

		async createMachine(request) {
			const managing = managingOf(request)
			const created = await createMachine(managing, request.body, ports)
			return created.ok ? readProfile({ ...managing, memberId: created.value }, ports) : created
		},
	}
}

async function readProfile(
	{ workspaceId, memberId, by }: Managing,
	{ store }: PasswordPorts,
): Promise<Result<ProfileDocument>> {
	const user = await store.passwordOwners.findMember(workspaceId, memberId)
	const member = await store.members.find(workspaceId, memberId)
	const reader = await store.members.find(workspaceId, by.memberId)
	if (!user || !member || !reader) return fail('request/not-found')
	const mayManage = reader.id === member.id || reader.role === 'owner'
	return ok(profileDocument(user, { joinedAt: member.createdAt, mayManage }))
}
