import { setTimeout as delay } from 'node:timers/promises'
import { ok } from '@postern/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../scripts/testing/postgres.ts'
import { accessOf } from './cases/access.testing.ts'
import { addConnector } from './cases/connector.testing.ts'
import { jobRaceCases } from './cases/job-cases.testing.ts'
import { killCases } from './cases/kill-cases.testing.ts'
import { auditKey, openAt } from './cases/place.testing.ts'
import { storeCases } from './cases/store-cases.testing.ts'
import { openStore } from './open-store.ts'
import type { Store } from './store.ts'

describe('on PostgreSQL', () => {
	let server: TestPostgres | undefined
	beforeAll(async () => {
		server = await startPostgres()
	}, 120_000)
	afterAll(() => server?.stop(), 60_000)

	const newPlace = async () => {
		if (server === undefined) throw new Error('PostgreSQL is not running')
		return { databaseUrl: await server.createDatabase() }
	}
	storeCases(newPlace)
	killCases(newPlace, 5)
	describe('a job', () => jobRaceCases(newPlace, true))

	describe('two nodes', () => {
		it('add to one chain without a fork and without a gap, and share the budget of each password', async () => {
			const place = await newPlace()
			const nodes = [await openAt(place), await openAt(place)]
			const ids = await Promise.all(nodes.map(async (node) => (await node.workspaces.create('Ours')).id))
			const actor = { kind: 'member', id: 'mem_a', name: 'Mia' } as const
			const write = { method: 'POST', isWrite: true } as const
			const append = async (node: Store, count: number) => {
				const workspaceId = ids[count % 2] ?? ''
				const entry = { workspaceId, event: 'connector.checked', actor, target: null, params: { count } } as const
				// As everywhere: a password and a connector belong to one workspace.
				const own = { password: { uuid: workspaceId, name: 'Phone' }, connector: { id: workspaceId, name: 'Blog' } }
				if (count % 4 < 2) node.accessJournal.note(accessOf(workspaceId, own))
				else await node.audit.record({ ...entry, requestId: null })
				return (await node.accessJournal.commit(accessOf(workspaceId, { ...own, ...write }), 75)).ok
			}
			const passed = await Promise.all(
				nodes.flatMap((node) => Array.from({ length: 200 }, (_, count) => append(node, count))),
			)
			await Promise.all(nodes.map((node) => node.accessJournal.flush()))
			expect(passed.filter((isPassed) => isPassed)).toHaveLength(2 * 75)
			for (const [node, id] of nodes.flatMap((one) => ids.map((workspace) => [one, workspace] as const)))
				expect(await node.audit.verify(id)).toEqual({ isWhole: true, entries: 400, unchained: 0 })
			await Promise.all(nodes.map((node) => node.close()))
		})

		it('keep what the other has leased though their clocks are ten minutes apart, and get it when its lease is over', async () => {
			const place = await newPlace()
			const apart = 600_000
			const early = await openAt(place, { now: () => new Date(Date.now() - apart) })
			const late = await openAt(place, { now: () => new Date(Date.now() + apart) })
			const workspaceId = (await early.workspaces.create('Ours')).id
			const claim = async (node: Store, leaseMs: number) => {
				const [job] = await node.jobs.claim({ kinds: ['connector.check'], limit: 9, leaseMs, perLane: 2 })
				return job
			}
			const job = { kind: 'connector.check', workspaceId, lane: 'one.example', runAt: { inMs: 0 } } as const
			for (const [holder, other] of [
				[early, late],
				[late, early],
			] as const) {
				await holder.jobs.enqueue({ ...job, key: 'a' })
				const held = await claim(holder, 60_000)
				expect(held?.key).toBe('a')
				expect(await claim(other, 60_000)).toBeUndefined()
				expect(await other.jobs.underWay('connector.check', workspaceId)).toEqual(new Set(['a']))
				expect(await other.jobs.find('connector.check', 'a')).toMatchObject({ isLeased: true })
				if (held === undefined) return
				expect(await holder.jobs.renew(held, 50)).toBeDefined()
				await delay(100)
				const taken = await claim(other, 60_000)
				expect(taken).toMatchObject({ key: 'a', attempts: 2 })
				expect(await holder.jobs.finish(held)).toBe(false)
				if (taken === undefined) return
				await other.jobs.postpone(taken, { runAt: { inMs: 60_000 } })
				expect(await claim(holder, 60_000)).toBeUndefined()
				await other.jobs.enqueue({ ...job, key: 'a' })
				const last = await claim(holder, 60_000)
				expect(last).toMatchObject({ key: 'a', attempts: 3 })
				if (last !== undefined) await holder.jobs.finish(last)
			}
			await Promise.all([early.close(), late.close()])
		})

		it('keep the rotation that the other works on though their clocks are ten minutes apart', async () => {
			const place = await newPlace()
			const apart = 600_000
			const early = await openAt(place, { now: () => new Date(Date.now() - apart) })
			const late = await openAt(place, { now: () => new Date(Date.now() + apart) })
			const workspaceId = (await early.workspaces.create('Ours')).id
			for (const [holder, other] of [
				[early, late],
				[late, early],
			] as const) {
				const { id: connectorId } = await addConnector(holder, workspaceId, 'Blog', 'blog.example')
				const wanted = { connectorId, workspaceId, phase: 'named', sealVersion: 1, newName: null } as const
				const held = await holder.rotations.begin({ ...wanted, oldUuids: [], askedBy: null }, { leaseMs: 60_000 })
				if (held === undefined) throw new Error('not begun')
				const claim = (node: Store) => node.rotations.claim(connectorId, { leaseMs: 60_000 })
				expect(await claim(other)).toBeUndefined()
				expect(await other.rotations.listDue(9)).toEqual([])
				await holder.rotations.postpone(held, { waitMs: 60_000, attempts: 1 })
				expect(await other.rotations.listDue(9)).toEqual([])
				const taken = await claim(other)
				if (taken === undefined) throw new Error('not taken')
				expect(await claim(holder)).toBeUndefined()
				await other.rotations.postpone(taken, { waitMs: 0, attempts: 2 })
				expect(await holder.rotations.listDue(9)).toEqual([connectorId])
				expect(await claim(holder)).toMatchObject({ attempts: 2 })
				expect(await holder.rotations.renew(held, { leaseMs: 60_000 })).toBe(false)
			}
			await Promise.all([early.close(), late.close()])
		})
	})

	describe('opening', () => {
		it('brings the tables up once when several nodes start at the same moment', async () => {
			const place = await newPlace()
			const stores = await Promise.all(Array.from({ length: 4 }, () => openAt(place)))
			const ids = await Promise.all(stores.map(({ installation }) => installation.getId()))
			expect(new Set(ids).size).toBe(1)
			await Promise.all(stores.map((store) => store.close()))
		})

		it.each(['not an address', 'mysql://root@127.0.0.1/x', ''])(
			'names the setting when it is %j',
			async (databaseUrl) => {
				expect(await openStore({ databaseUrl, auditKey })).toMatchObject({
					ok: false,
					problem: { code: 'start/configuration', params: { name: 'DATABASE_URL' } },
				})
			},
		)

		it('says that the store is unavailable when nobody answers, or not to us', async () => {
			const { databaseUrl } = await newPlace()
			const stranger = Object.assign(new URL(databaseUrl), { username: 'stranger', password: 'wrong' }).href
			const missing = Object.assign(new URL(databaseUrl), { pathname: '/missing' }).href
			for (const url of ['postgres://postgres@127.0.0.1:1/x', stranger, missing]) {
				const opened = await openStore({ databaseUrl: url, auditKey })
				expect(opened).toMatchObject({ ok: false, problem: { code: 'store/unavailable', params: {} } })
			}
		})

		it('never shows the password of the database', async () => {
			const url = new URL((await newPlace()).databaseUrl)
			url.password ||= 'canary-password' // a server that trusts everybody takes any
			const place = { databaseUrl: url.href }
			const store = await openAt(place)
			await sql`insert into kysely_migration (name, timestamp) values ('9999', '2030-01-01')`.execute(store.kysely)
			await store.close()
			const opened = await openStore({ ...place, auditKey })
			expect(opened).toMatchObject({ problem: { code: 'start/data-folder-newer' } })
			expect(JSON.stringify(opened)).not.toContain(url.password)
		})
	})

	describe('trouble', () => {
		it('is over as soon as the server is back: cut connections are made anew', async () => {
			const place = await newPlace()
			const [store, other] = [await openAt(place), await openAt(place)]
			const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid()`
			const result = await store.transaction(async ({ workspaces }) => {
				await cut.execute(other.kysely)
				return ok(await workspaces.create('Lost'))
			})
			expect(result).toMatchObject({ ok: false, problem: { code: 'store/unavailable' } })
			expect(await store.workspaces.create('Back')).toMatchObject({ name: 'Back' })
			await store.close()
			await other.close()
		})

		it('is called a full store when the server says so', async () => {
			const store = await openAt(await newPlace())
			const full = sql`do $$ begin raise exception 'no space left' using errcode = 'disk_full'; end $$`
			const result = await store.transaction(async ({ kysely }) => ok(await full.execute(kysely)))
			expect(result).toMatchObject({ ok: false, problem: { code: 'store/full' } })
			await store.close()
		})
	})
})
