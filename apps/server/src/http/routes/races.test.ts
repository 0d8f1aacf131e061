import { ok } from '@postern/vocabulary'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../../scripts/testing/postgres.ts'
import { noticeExpiry } from '../../flows/notice-expiry.ts'
import type { StoreFunctions } from '../../store/store.ts'
import { passwordsOf, pathOf } from './application-passwords.testing.ts'
import { join, must, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

// On PostgreSQL two may change a workspace at the same moment. Here one of them is held in the middle.

let postgres: TestPostgres
beforeAll(async () => {
	postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.stop(), 60_000)

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
beforeEach(async () => {
	server = await startTestServer({ databaseUrl: await postgres.createDatabase() })
	ann = await setUpAnn(server)
})
afterEach(() => server.stop())

/** Runs a transaction that does one thing, lets somebody else begin and come as far as that allows, and does the other. */
async function whileHeld<T>(
	first: (transaction: StoreFunctions) => Promise<unknown>,
	begin: () => Promise<T>,
	second: (transaction: StoreFunctions) => Promise<unknown> = async () => undefined,
): Promise<T> {
	const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
	const held = server.store.transaction(async (transaction) => {
		await first(transaction)
		reached.resolve()
		await goOn.promise
		await second(transaction)
		return ok()
	})
	await reached.promise
	const begun = begin()
	const waiting = async () => (await sql`select 1 from pg_locks where not granted`.execute(server.store.kysely)).rows
	await expect.poll(waiting, { interval: 20 }).not.toEqual([])
	goOn.resolve()
	must(await held)
	return begun
}

it('telling of ends does not stand in the way of whoever revokes', async () => {
	const path = await pathOf(ann, 'Ann')
	const own = passwordsOf(ann.browser, path)
	const expiresAt = new Date(Date.now() + 8 * 86_400_000).toISOString()
	const owner = { workspaceId: ann.workspaceId, memberId: path.split('/').at(-1) ?? '' }
	const uuids: string[] = []
	for (const name of ['A', 'B']) uuids.push((await own.create({ name, expiresAt })).body.applicationPassword.uuid)
	const revoke = (uuid: string | undefined) => (transaction: StoreFunctions) =>
		transaction.applicationPasswords.delete(owner, uuid ?? '')
	const told = await whileHeld(
		async (transaction) => {
			await transaction.workspaces.lock(ann.workspaceId)
			await revoke(uuids[1])(transaction)
		},
		() => noticeExpiry(server.store, new Date(Date.now() + 2 * 86_400_000)),
		revoke(uuids[0]),
	)
	expect(told.ok).toBe(true)
	expect(await own.list()).toEqual([])
})

it('deciding about the API does not stand in the way of whoever removes that member', async () => {
	const bob = await join(server, ann, { username: 'bob', role: 'editor' })
	const path = await pathOf(ann, 'bob')
	const decided = await whileHeld(
		async ({ workspaces, audit }) => {
			await workspaces.lock(ann.workspaceId)
			await audit.record({
				workspaceId: ann.workspaceId,
				event: 'member.removed',
				actor: { kind: 'operator', id: null, name: null },
				target: null,
				params: {},
				requestId: null,
			})
		},
		() => bob.call('PUT', `${path}/api-login`, { allowed: false }),
		({ members }) => members.remove(ann.workspaceId, path.split('/').at(-1) ?? ''),
	)
	expect(decided.body.code).toBe('request/not-found')
})

it('an owner who is demoted at this moment demotes nobody any more', async () => {
	const otto = await join(server, ann, { username: 'otto', role: 'owner' })
	await join(server, ann, { username: 'vic', role: 'viewer' })
	const [ottoPath, vicPath] = [await pathOf(ann, 'otto'), await pathOf(ann, 'vic')]
	const changed = await whileHeld(
		({ members }) => members.changeRole(ann.workspaceId, ottoPath.split('/').at(-1) ?? '', 'viewer'),
		() => otto.call('PATCH', vicPath, { role: 'owner' }),
	)
	expect(changed.body.code).toBe('role/insufficient')
	expect((await ann.browser.call('GET', vicPath)).body.role).toBe('viewer')
})
