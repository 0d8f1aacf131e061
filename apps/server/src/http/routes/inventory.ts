import type { InventoryEntry } from '@postern/api/contract'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { PasswordPorts } from '../../flows/manage-passwords.ts'
import type { ListedPassword, PosternUser } from '../../store/application-password/application-password.ts'
import { foldForSearch } from '../../store/storable.ts'
import type { Handlers } from '../api.ts'
import { passwordDocument } from '../password-documents.ts'
import { pageSize } from './page-size.ts'

type Owned = { readonly listed: ListedPassword; readonly owner: PosternUser }

export function inventoryHandlers({ store, now }: PasswordPorts): Pick<Handlers, 'listInventory'> {
	return {
		async listInventory({ member: { workspaceId, memberId }, query }) {
			const limit = pageSize(query.limit)
			if (!limit.ok) return limit
			const before = readCursor(query.cursor)
			if (!before.ok) return before
			const reader = await store.passwordOwners.findMember(workspaceId, memberId)
			if (!reader) return fail('request/not-found')
			const owners = new Map((await store.passwordOwners.listFor(reader)).map((owner) => [owner.memberId, owner]))
			const all = (await store.applicationPasswords.listOfWorkspace(workspaceId)).flatMap((listed): Owned[] => {
				const owner = owners.get(listed.memberId)
				return owner === undefined ? [] : [{ listed, owner }]
			})
			const rest = all.filter((one) => one.listed.position < before.value && matches(one, query.search ?? ''))
			const entries = rest.slice(0, limit.value)
			const last = rest.length > entries.length ? entries.at(-1) : undefined
			return ok({
				entries: entries.map((one) => entryDocument(one, now())),
				nextCursor: last === undefined ? null : String(last.listed.position),
			})
		},
	}
}

/** Fails with `request/type-error`. */
function readCursor(text: string | undefined): Result<number> {
	if (text === undefined) return ok(Number.MAX_SAFE_INTEGER)
	const position = Number(text)
	const isOne = Number.isSafeInteger(position) && position >= 1
	return isOne ? ok(position) : fail('request/type-error', { params: { field: 'cursor' } })
}

/** A part of the password’s name or of its owner’s. */
function matches({ listed, owner }: Owned, search: string): boolean {
	const part = foldForSearch(search.trim())
	return [listed.password.name, owner.login].some((text) => foldForSearch(text).includes(part))
}

function entryDocument({ listed, owner }: Owned, now: Date): InventoryEntry {
	const { memberId, login: username, kind, memberRole: role } = owner
	return { applicationPassword: passwordDocument(listed, { owner, now }), owner: { memberId, username, kind, role } }
}
