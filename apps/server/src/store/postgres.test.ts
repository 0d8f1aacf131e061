import { ok } from '@postern/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../scripts/testing/postgres.ts'
import { killCases } from './cases/kill-cases.testing.ts'
import { auditKey, openAt } from './cases/place.testing.ts'
import { storeCases } from './cases/store-cases.testing.ts'
import { openStore } from './open-store.ts'

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
