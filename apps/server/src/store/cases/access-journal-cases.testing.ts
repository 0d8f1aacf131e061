import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store.ts'
import { accessOf, outcomeOf, password, requestsOf, rowsOf } from './access.testing.ts'
import { type NewPlace, openAt, type TestClock, valueOf } from './place.testing.ts'

const write = { method: 'POST', isWrite: true, scope: 'posts:write' } as const
const refusal = { decision: 'refused', problem: 'application-password/scope-missing' } as const

export function accessJournalCases(getStore: () => Store, clock: TestClock): void {
	describe('the record of what passes the gateway', () => {
		let store: Store
		let workspaceId = ''
		beforeEach(async () => {
			store = getStore()
			workspaceId = (await store.workspaces.create('Ours')).id
		})
		const { note, commit, flush } = journalOf(getStore)
		const page = async () => valueOf(await store.audit.page({ workspaceId, limit: 100 })).entries
		/** A password nobody used before. */
		const fresh = () => ({ ...password, uuid: `${workspaceId} ${Math.random()}` })

		it('tells of a read with all that is known of it, in one entry', async () => {
			note(accessOf(workspaceId))?.finish(outcomeOf())
			await flush()
			expect(await rowsOf(store, workspaceId)).toMatchObject([{ event: 'site.requested', seq: 1, finishes: null }])
			const { actor, requestId, method, route, scope, ip, connector } = accessOf(workspaceId)
			const { durationMs: _, ...outcome } = outcomeOf()
			expect(await page()).toMatchObject([
				{
					seq: 1,
					at: clock.now,
					event: 'site.requested',
					actor,
					target: { kind: 'connector', ...connector },
					params: { method, route },
					requestId,
					access: {
						method,
						route,
						scope,
						ip,
						connector,
						password,
						requestId,
						decision: 'permitted',
						isWrite: false,
						durationMs: 42,
						...outcome,
					},
				},
			])
		})

		it('is written by itself within a second', async () => {
			note(accessOf(workspaceId))
			expect(await rowsOf(store, workspaceId)).toEqual([])
			const since = performance.now()
			await expect.poll(() => rowsOf(store, workspaceId), { interval: 20 }).toHaveLength(1)
			expect(performance.now() - since).toBeLessThan(1_000)
		})

		it('tells the end of what was written before in an entry of its own, and shows them as one', async () => {
			const open = note(accessOf(workspaceId))
			await flush()
			expect(await page()).toMatchObject([{ access: { status: null, end: null, sentBytes: null } }])
			open?.finish(outcomeOf({ end: 'aborted', problem: 'network/timeout' }))
			open?.finish(outcomeOf({ end: 'complete' })) // only the first counts
			await flush()
			expect(await rowsOf(store, workspaceId)).toMatchObject([
				{ event: 'site.requested', seq: 1 },
				{ event: 'site.finished', seq: 2, finishes: 1, decision: null },
			])
			expect(await page()).toMatchObject([
				{ seq: 1, access: { method: 'GET', status: 200, end: 'aborted', problem: 'network/timeout' } },
			])
		})

		it('holds a write before it is answered for, and tells its end after that', async () => {
			const open = valueOf(await commit(accessOf(workspaceId, write), null))
			expect(await rowsOf(store, workspaceId)).toMatchObject([{ event: 'site.changing', seq: 1 }])
			open.finish(outcomeOf({ status: 201 }))
			await flush()
			expect(await page()).toMatchObject([{ seq: 1, event: 'site.changing', access: { isWrite: true, status: 201 } }])
		})

		it('names the reason of a refusal', async () => {
			note(accessOf(workspaceId, { ...write, ...refusal }))
			await flush()
			const { method } = write
			const code = refusal.problem
			expect(await page()).toMatchObject([
				{ event: 'site.refused', params: { method, code }, access: { decision: 'refused', problem: code } },
			])
		})

		it('takes no write that nobody waits for', () => {
			expect(() => note(accessOf(workspaceId, write))).toThrow('a write has to be committed')
		})

		it('is in the order of the decisions, whoever waits', async () => {
			const other = (await store.workspaces.create('Theirs')).id
			const routes = Array.from({ length: 900 }, (_, index) => `/wp/v2/posts/${index}`)
			const waiting = routes.map(async (route, index) => {
				for (const id of [workspaceId, other])
					if (index % 3 === 0) valueOf(await commit(accessOf(id, { ...write, route }), null))
					else note(accessOf(id, { route }))
			})
			await Promise.all(waiting)
			await flush()
			const ours = await requestsOf(store, workspaceId)
			expect(ours.map(({ route }) => route)).toEqual(routes)
			expect(ours.map(({ seq }) => seq)).toEqual(routes.map((_, index) => index + 1))
			expect(await requestsOf(store, other)).toHaveLength(routes.length)
			expect(await store.audit.verify(workspaceId)).toMatchObject({ isWhole: true, entries: routes.length })
			expect(await store.audit.verify(other)).toMatchObject({ isWhole: true, entries: routes.length })
		})

		it('holds reads of one password at one site, one behind the other, in few rows, and tells of each by itself', async () => {
			const began = clock.now
			const asked = Array.from({ length: 45 }, (_, index) => ({ route: `/${index}`, requestId: `req_${index}` }))
			const open = asked.map((one, index) => {
				clock.now = new Date(began.getTime() + index)
				return note(accessOf(workspaceId, one))
			})
			for (const [index, one] of open.entries()) if (index !== 7) one?.finish(outcomeOf({ status: 200 + index }))
			await flush()
			open[7]?.finish(outcomeOf({ status: 207 }))
			await flush()
			clock.now = began
			expect((await rowsOf(store, workspaceId)).map(({ seq, finishes }) => [seq, finishes])).toEqual([
				[1, null],
				[21, null],
				[41, null],
				[46, 8],
			])
			const seen = []
			let cursor: string | undefined
			do {
				const { entries, nextCursor } = valueOf(await store.audit.page({ workspaceId, limit: 7, cursor }))
				seen.push(...entries)
				cursor = nextCursor ?? undefined
			} while (cursor !== undefined)
			expect(seen).toMatchObject(
				asked
					.map(({ route, requestId }, index) => ({
						seq: index + 1,
						at: new Date(began.getTime() + index),
						requestId,
						params: { method: 'GET', route },
						access: { route, requestId, status: 200 + index, connector: { id: 'con_a' }, password },
					}))
					.toReversed(),
			)
			expect(new Set(seen.map(({ id }) => id)).size).toBe(asked.length)
			expect(await requestsOf(store, workspaceId)).toEqual(
				seen.toReversed().map((entry) => ({ ...entry, route: entry.access?.route })),
			)
			expect(await store.audit.verify(workspaceId)).toEqual({ isWhole: true, entries: 46, unchained: 0 })
		})

		it('gives whatever differs in more than that a row of its own', async () => {
			const changes: readonly Parameters<typeof accessOf>[1][] = [
				{},
				{ password: { ...password, name: 'renamed' } },
				{ password: { ...password, uuid: 'another' } },
				{ password: null },
				{ connector: { id: 'con_b', name: 'Blog' } },
				{ connector: { id: 'con_b', name: 'Renamed' } },
				{ actor: { kind: 'caller', id: 'mem_b', name: 'Mia (n8n)' } },
				{ actor: { kind: 'member', id: 'mem_b', name: 'Mia (n8n)' } },
				refusal,
				{ ...refusal, ...write },
			]
			for (const change of changes) note(accessOf(workspaceId, change))
			await flush()
			expect((await rowsOf(store, workspaceId)).map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1))
			const refused = valueOf(await store.audit.page({ workspaceId, limit: 100, decision: 'refused' })).entries
			expect(refused.map(({ seq }) => seq)).toEqual([10, 9])
		})

		it('keeps whatever bytes a request names, but no route without end', async () => {
			const route = `/a\0b\uD83D’"\\${'x'.repeat(2_000)}`
			note(accessOf(workspaceId, { route, connector: { id: 'con_a', name: 'a\0b\uD83D' } }))
			await flush()
			expect(await page()).toMatchObject([{ access: { route: route.slice(0, 1_000) }, target: { name: 'ab\uFFFD' } }])
			expect(await store.audit.verify(workspaceId)).toMatchObject({ isWhole: true })
		})

		it('lets no more writes pass than the password has on a day, however many come at once', async () => {
			const busy = fresh()
			const attempts = Array.from({ length: 12 }, () => commit(accessOf(workspaceId, { ...write, password: busy }), 5))
			const answers = await Promise.all(attempts)
			expect(answers.filter((answer) => answer.ok)).toHaveLength(5)
			expect(answers.filter((answer) => !answer.ok)).toMatchObject(
				Array.from({ length: 7 }, () => ({ problem: { code: 'gateway/writes-used-up', params: { limit: 5 } } })),
			)
			const refused = (await page()).filter(({ access }) => access?.decision === 'refused')
			expect(refused).toMatchObject(
				Array.from({ length: 7 }, () => ({ event: 'site.refused', access: { problem: 'gateway/writes-used-up' } })),
			)
			// Another password, another budget, and another day.
			expect((await commit(accessOf(workspaceId, { ...write, password: fresh() }), 1)).ok).toBe(true)
			expect((await commit(accessOf(workspaceId, { ...write, password: busy }), null)).ok).toBe(true)
			expect((await commit(accessOf(workspaceId, { ...write, password: busy }), 6)).ok).toBe(false)
			const today = clock.now
			clock.now = new Date(Date.UTC(2026, 10, today.getUTCDate() + 1))
			expect((await commit(accessOf(workspaceId, { ...write, password: busy }), 1)).ok).toBe(true)
			clock.now = today
		})

		it('takes many writes at once from the day, all of them or none', async () => {
			const busy = fresh()
			const spend = (budget: number, spends?: number) =>
				commit(accessOf(workspaceId, { ...write, password: busy }), budget, spends)
			expect((await spend(5, 3)).ok).toBe(true)
			expect((await spend(5, 0)).ok).toBe(true) // of those three
			expect(await spend(5, 3)).toMatchObject({ problem: { code: 'gateway/writes-used-up' } })
			expect([(await spend(5, 2)).ok, (await spend(5, 0)).ok, (await spend(5)).ok]).toEqual([true, true, false])
			const rows = await store.kysely.selectFrom('password_usage').selectAll().where('uuid', '=', busy.uuid).execute()
			expect(rows).toMatchObject([{ permitted: 4, refused: 2, writes: 5 }])
		})

		it('leaves out a workspace that is gone, and keeps the others', async () => {
			const gone = note(accessOf('ws_gone'))
			note(accessOf(workspaceId))
			const denied = await commit(accessOf('ws_gone', write), null)
			expect(denied).toMatchObject({ ok: false, problem: { code: 'gateway/record-unavailable' } })
			gone?.finish(outcomeOf())
			await flush()
			expect(await rowsOf(store, workspaceId)).toHaveLength(1)
		})
	})
}

/** The journal of a store that is not there yet. */
function journalOf(getStore: () => Store): Pick<Store['accessJournal'], 'note' | 'commit' | 'flush'> {
	return {
		note: (entry) => getStore().accessJournal.note(entry),
		commit: (entry, budget, spends) => getStore().accessJournal.commit(entry, budget, spends),
		flush: () => getStore().accessJournal.flush(),
	}
}

/** What happens while the store takes nothing. */
export function deafStoreCases(newPlace: NewPlace): void {
	const openNew = async () => openAt(await newPlace())
	it('what waits is written before the store is closed', async () => {
		const place = await newPlace()
		const first = await openAt(place)
		const workspaceId = (await first.workspaces.create('Ours')).id
		first.accessJournal.note(accessOf(workspaceId))
		await first.close()
		const again = await openAt(place)
		expect(await rowsOf(again, workspaceId)).toHaveLength(1)
		await again.close()
	})

	describe('while the store takes no records', () => {
		const hide = (store: Store) => sql`alter table audit_counter rename to audit_counter_gone`.execute(store.kysely)
		const bring = (store: Store) => sql`alter table audit_counter_gone rename to audit_counter`.execute(store.kysely)

		it('T85 no write passes, and nothing that could not be recorded', async () => {
			const store = await openNew()
			const { accessJournal } = store
			const workspaceId = (await store.workspaces.create('Ours')).id
			valueOf(await accessJournal.commit(accessOf(workspaceId, write), null))
			await hide(store)
			const writes = await Promise.all(
				Array.from({ length: 50 }, () => accessJournal.commit(accessOf(workspaceId, write), null)),
			)
			expect(writes).toMatchObject(
				writes.map(() => ({ ok: false, problem: { code: 'gateway/record-unavailable', cause: expect.any(Error) } })),
			)
			let taken = 0
			while (accessJournal.note(accessOf(workspaceId, { route: `/${taken}` })) !== undefined) taken += 1
			expect(taken).toBe(10_000)
			expect(await accessJournal.commit(accessOf(workspaceId, write), null)).toMatchObject({ ok: false })
			await accessJournal.flush()
			expect(accessJournal.note(accessOf(workspaceId))).toBeUndefined()
			await bring(store)
			await accessJournal.flush()
			expect(accessJournal.note(accessOf(workspaceId, { route: '/10000' }))).toBeDefined()
			await store.close()
		})

		it('what was queued before is written when it works again, in its order, once', async () => {
			const store = await openNew()
			const { accessJournal } = store
			const workspaceId = (await store.workspaces.create('Ours')).id
			await hide(store)
			const [first] = Array.from({ length: 900 }, (_, index) =>
				accessJournal.note(accessOf(workspaceId, { route: `/${index}` })),
			)
			await accessJournal.flush()
			first?.finish(outcomeOf())
			expect(await accessJournal.commit(accessOf(workspaceId, { ...write, route: '/lost' }), null)).toMatchObject({
				ok: false,
			})
			await bring(store)
			expect((await accessJournal.commit(accessOf(workspaceId, { ...write, route: '/900' }), null)).ok).toBe(true)
			await accessJournal.flush()
			const routes = (await requestsOf(store, workspaceId)).map(({ route }) => route)
			expect(routes).toEqual(Array.from({ length: 901 }, (_, index) => `/${index}`))
			expect(valueOf(await store.audit.page({ workspaceId, limit: 1_000 })).entries.at(-1)).toMatchObject({
				seq: 1,
				access: { status: 200 },
			})
			expect(await store.audit.verify(workspaceId)).toMatchObject({ isWhole: true })
			await store.close()
		})
	})
}
