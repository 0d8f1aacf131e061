import { sql } from 'kysely'
import { ok, type Result } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../scripts/testing/postgres.ts'
import { addConnector, diagnosis, healthy } from '../store/cases/connector.testing.ts'
import { openAt } from '../store/cases/place.testing.ts'
import type { Store } from '../store/store.ts'
import { addTag } from './connector-tags.ts'
import { renameConnector } from './keep-connector.ts'
import { keepCheck } from './keep-check.ts'
import { pauseConnector } from './pause-connector.ts'
import type { Change } from './record-change.ts'
import { scheduleRotation } from './rotate-connector/schedule-rotation.ts'

let postgres: TestPostgres
let store: Store
beforeAll(async () => {
	postgres = await startPostgres()
	store = await openAt({ databaseUrl: await postgres.createDatabase() })
}, 120_000)
afterAll(async () => {
	await store.close()
	await postgres.stop()
}, 60_000)

const changes: Readonly<Record<string, (change: Change) => Promise<Result<unknown>>>> = {
	'is paused': (change) => pauseConnector(change, store),
	'is renamed': (change) => renameConnector({ ...change, typedName: 'Other', address: undefined }, store),
	'gets a tag': (change) => addTag({ ...change, tag: 'north' }, store),
	'is rotated by the clock': (change) => scheduleRotation({ ...change, rotateEveryDays: 30 }, store),
}

async function countWaiting(): Promise<number> {
	const { rows } = await sql<{ pid: number }>`select pid from pg_locks where not granted`.execute(store.kysely)
	return rows.length
}

describe('on PostgreSQL, where transactions wait for each other', () => {
	it.each(Object.entries(changes))(
		'a connector that %s while a check of its workspace is kept loses neither',
		async (_, change) => {
			const { id: workspaceId } = await store.workspaces.create('Ours')
			const { id: connectorId } = await addConnector(store, workspaceId, 'Blog', 'blog.example')
			const [held, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
			const health = { ...healthy, state: 'needs-attention', diagnosis } as const
			const check = store.transaction(async (transaction) => {
				await transaction.workspaces.lock(workspaceId)
				const event = { event: 'connector.unreachable', actor: { kind: 'postern', id: null, name: null } } as const
				await transaction.audit.record({ ...event, workspaceId, target: null, params: {}, requestId: null })
				held.resolve()
				await goOn.promise
				return ok(await keepCheck({ workspaceId, connectorId, found: { sealVersion: 1, health } }, transaction))
			})
			await held.promise
			const actor = { accountId: 'mem_a', username: 'ada' }
			const changed = change({ workspaceId, connectorId, actor, requestId: 'r' })
			await expect.poll(countWaiting).toBe(1)
			goOn.resolve()
			const [kept, done] = await Promise.all([check, changed])
			expect(kept).toMatchObject({ ok: true, value: { change: 'needs-attention' } })
			expect(done.ok).toBe(true)
		},
	)
})
