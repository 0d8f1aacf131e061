import { randomUUID } from 'node:crypto'
import { hashSecret, type Occasion } from '@postern/app-passwords'
import type { Scope } from '@postern/vocabulary'
import type { PosternGrants, PosternPassword, PosternUser } from '../application-password/application-password.ts'
import type { PosternEvent } from '../application-password/password-events.ts'
import type { Store } from '../store.ts'

export function grantsOf(...scopes: Scope[]): PosternGrants {
	return { preset: null, scopes, connectors: 'all', writesPerDay: null }
}

/** The account as a member of that workspace. */
export async function ownerIn(store: Store, workspaceId: string, accountId: string): Promise<PosternUser> {
	const all = await store.passwordOwners.listOfAccount(accountId)
	const owner = all.find((one) => one.workspaceId === workspaceId)
	if (owner === undefined) throw new Error('nobody')
	return owner
}

export function occasionOf(
	by: PosternUser | null,
	changes: Partial<Occasion<PosternUser>> = {},
): Occasion<PosternUser> {
	return { by, withPassword: null, ip: '192.0.2.1', requestId: 'req_1', ...changes }
}

/** Keeps a new password whose hash is that of its UUID. */
export async function addPassword(
	store: Store,
	owner: PosternUser,
	changes: Partial<PosternPassword> = {},
	occasion = occasionOf(owner),
): Promise<PosternPassword> {
	const created = new Date('2026-11-21T12:00:00Z')
	const password: PosternPassword = {
		uuid: randomUUID(),
		appId: '',
		name: 'App',
		created,
		lastUsed: null,
		lastIp: null,
		seen: null,
		expires: null,
		addresses: [],
		requestsPerMinute: null,
		grants: grantsOf('posts:read'),
		...changes,
	}
	const change = { kind: 'create', owner, password, hash: hashSecret(password.uuid) } as const
	const told = (event: PosternEvent['event']) => (affected: readonly PosternPassword[]) =>
		affected.map((one): PosternEvent => ({ event, at: created, user: owner, password: one, occasion }))
	await store.passwordStorage.change(change, told('created'))
	return password
}

export function findPassword(store: Store, { uuid }: PosternPassword) {
	return store.passwordStorage.findByHash(hashSecret(uuid))
}
