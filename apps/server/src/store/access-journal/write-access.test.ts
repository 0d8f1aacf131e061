import { createSecretKey } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { accessOf, outcomeOf, requestsOf, rowsOf } from '../cases/access.testing.ts'
import { auditKey, openAt } from '../cases/place.testing.ts'
import { sqliteStoreDialect } from '../dialect/sqlite/sqlite-store-dialect.ts'
import type { Store } from '../store.ts'
import type { Waiting } from './access-entry.ts'
import { createAccessJournal } from './access-journal.ts'
import { writeAccess } from './write-access.ts'

let dataFolder = ''
let store: Store
beforeEach(async () => {
	dataFolder = await mkdtemp(path.join(tmpdir(), 'postern-write-access-'))
	store = await openAt({ dataFolder })
})
afterEach(async () => {
	await store.close()
	await rm(dataFolder, { recursive: true, force: true })
})

it('keeps each once where the store took them and its answer was lost, in one row or in several', async () => {
	const workspaceId = (await store.workspaces.create('Ours')).id
	const dialect = sqliteStoreDialect({ doNotWait() {}, wait() {}, reached: () => Promise.resolve() })
	const now = () => new Date()
	const key = createSecretKey(auditKey())
	const handle = { dialect, now, leaseClock: () => sql<number>`0`, auditKey: () => key }
	let isLost = true
	const write = async (items: readonly Waiting[]) => {
		const kept = await store.kysely.transaction().execute((db) => writeAccess({ ...handle, db }, items))
		if (isLost) throw new Error('the answer was lost')
		return kept
	}
	const journal = createAccessJournal({ write, now })
	const note = (route: string) => journal.note(accessOf(workspaceId, { route }))
	const open = ['/1', '/2', '/3'].map(note)
	journal.note(accessOf(workspaceId, { route: '/4', decision: 'refused', problem: 'connector/paused' }))
	await journal.flush()
	isLost = false
	note('/5')
	note('/6')
	open[1]?.finish(outcomeOf({ status: 418 }))
	await journal.flush()
	expect((await rowsOf(store, workspaceId)).map(({ seq, finishes }) => [seq, finishes])).toEqual([
		[1, null],
		[4, null],
		[5, null],
		[7, 2],
	])
	const told = await requestsOf(store, workspaceId)
	expect(told.map(({ seq, route, access }) => [seq, route, access?.status])).toEqual([
		[1, '/1', null],
		[2, '/2', 418],
		[3, '/3', null],
		[4, '/4', null],
		[5, '/5', null],
		[6, '/6', null],
	])
	expect(await store.audit.verify(workspaceId)).toEqual({ isWhole: true, entries: 7, unchained: 0 })
})
