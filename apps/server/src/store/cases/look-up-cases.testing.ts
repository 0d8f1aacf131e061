import { fail, ok } from '@postern/vocabulary'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PosternHeld, PosternPassword, PosternUser } from '../application-password/application-password.ts'
import type { Store } from '../store.ts'
import { addPassword, findPassword, grantsOf, ownerIn } from './password.testing.ts'
import { addAccount, valueOf } from './place.testing.ts'

type Found = PosternHeld | undefined
type Change = {
	readonly make: () => unknown
	readonly expected: (found: Found) => unknown
	readonly becomes: unknown
}

/** What a request finds may be kept for the next one, but never beyond the answer to a change. */
export function lookUpCases(getStore: () => Store): void {
	let store: Store
	let owner: PosternUser
	let password: PosternPassword
	beforeEach(async () => {
		store = getStore()
		const workspaceId = (await store.workspaces.create('Ours')).id
		for (const role of ['owner', 'admin'] as const) {
			const accountId = await addAccount(store, `${role}-${workspaceId}`)
			await store.members.add({ workspaceId, accountId, role })
			owner = await ownerIn(store, workspaceId, accountId)
		}
		password = await addPassword(store, owner)
	})

	const change = (changes: Partial<PosternPassword>) => {
		const { uuid } = password
		return store.passwordStorage.change({ kind: 'update', owner, uuid, changes }, () => [])
	}
	const end = (uuid: string) => store.passwordStorage.change({ kind: 'delete', owner, uuid }, () => [])
	const setAccount = (values: { email?: string; displayUsername?: string; twoFactorEnabled?: boolean }) => {
		const { twoFactorEnabled, ...texts } = values
		const isOn = store.type === 'postgres' ? twoFactorEnabled : Number(twoFactorEnabled)
		const switched = twoFactorEnabled === undefined ? {} : { twoFactorEnabled: isOn as boolean } // as the dialect keeps it
		const row = { ...texts, ...switched }
		return store.kysely.updateTable('auth_user').set(row).where('id', '=', owner.accountId).execute()
	}
	const ended = (found: Found) => found === undefined

	const changes: Readonly<Record<string, Change>> = {
		'its end': { make: () => end(password.uuid), expected: ended, becomes: true },
		'the end of all': { make: () => end('all'), expected: ended, becomes: true },
		'its name': {
			make: () => change({ name: 'Renamed' }),
			expected: (found) => found?.password.name,
			becomes: 'Renamed',
		},
		'when it expires': {
			make: () => change({ expires: new Date('2026-12-01T00:00:00Z') }),
			expected: (found) => found?.password.expires,
			becomes: new Date('2026-12-01T00:00:00Z'),
		},
		'what it may do': {
			make: () => change({ grants: grantsOf() }),
			expected: (found) => found?.password.grants.scopes,
			becomes: [],
		},
		'its hash': {
			make: () =>
				store.kysely
					.updateTable('application_password')
					.set({ hash: password.uuid })
					.where('uuid', '=', password.uuid)
					.execute(),
			expected: ended,
			becomes: true,
		},
		'a lower role': {
			make: () => store.members.changeRole(owner.workspaceId, owner.memberId, 'viewer'),
			expected: (found) => found?.user.memberRole,
			becomes: 'viewer',
		},
		'the end of the membership': {
			make: () => store.members.remove(owner.workspaceId, owner.memberId),
			expected: ended,
			becomes: true,
		},
		'the end of the account': {
			make: () => store.kysely.deleteFrom('auth_user').where('id', '=', owner.accountId).execute(),
			expected: ended,
			becomes: true,
		},
		'what the account decides of the API': {
			make: () => store.members.setApiLogin(owner.workspaceId, owner.memberId, false),
			expected: (found) => found?.user.apiLogin,
			becomes: false,
		},
		'what the workspace decides of the API': {
			make: () => store.workspaces.setApiLoginRule(owner.workspaceId, 'refused'),
			expected: (found) => found?.user.apiLoginRule,
			becomes: 'refused',
		},
		'two-factor switched on': {
			make: () => setAccount({ twoFactorEnabled: true }),
			expected: (found) => found?.user.hasSecondFactor,
			becomes: true,
		},
		'another e-mail address': {
			make: () => setAccount({ email: `other-${owner.accountId}@example.com` }),
			expected: (found) => found?.user.email.startsWith('other-'),
			becomes: true,
		},
		'another username': {
			make: () => setAccount({ displayUsername: 'Other' }),
			expected: (found) => found?.user.login,
			becomes: 'Other',
		},
		'a change that others made in the same transaction': {
			make: () =>
				store.transaction(async ({ workspaces, applicationPasswords }) => {
					await workspaces.rename(owner.workspaceId, 'Renamed')
					return ok(await applicationPasswords.delete(owner, password.uuid))
				}),
			expected: ended,
			becomes: true,
		},
	}

	describe('a password that was looked up before', () => {
		it.each(Object.entries(changes))('is found with %s as soon as that was answered', async (_, changed) => {
			for (let count = 0; count < 3; count += 1)
				expect(changed.expected(await findPassword(store, password))).not.toEqual(changed.becomes)
			await changed.make()
			for (let count = 0; count < 3; count += 1)
				expect(changed.expected(await findPassword(store, password))).toEqual(changed.becomes)
		})

		it('is found without what was undone, and without what is not committed yet', async () => {
			expect((await findPassword(store, password))?.user.memberRole).toBe('admin')
			const undone = await store.transaction(async ({ members }) => {
				valueOf(await members.changeRole(owner.workspaceId, owner.memberId, 'viewer'))
				expect((await findPassword(store, password))?.user.memberRole).toBe('admin')
				return fail('request/not-found')
			})
			expect(undone.ok).toBe(false)
			expect((await findPassword(store, password))?.user.memberRole).toBe('admin')
		})

		it('is found again once it is there, though it was missing before', async () => {
			await end(password.uuid)
			expect(await findPassword(store, password)).toBeUndefined()
			await addPassword(store, owner, { uuid: password.uuid })
			expect((await findPassword(store, password))?.password.uuid).toBe(password.uuid)
		})
	})
}
