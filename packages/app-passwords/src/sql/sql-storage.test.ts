import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../scripts/testing/postgres.ts'
import { createAppPasswords } from '../create-app-passwords.ts'
import { hashSecret } from '../hash-secret.ts'
import { memoryUsers } from '../memory-users.ts'
import { ada, bob, grants } from '../people.testing.ts'
import { storageCases, type StorageUnderTest } from '../testing.ts'
import type { ApplicationPassword, Grants, PasswordEvent, User } from '../types.ts'
import type { SqlQuery, SqlTransaction } from './sql-query.ts'
import { openPostgres, openSqlite } from './open-database.testing.ts'
import { type SqlStorage, sqlStorage, type SqlStorageOptions } from './sql-storage.ts'
import { sqlTables } from './sql-tables.ts'

const noon = new Date('2026-11-21T12:00:00Z')
const occasion = { by: ada, withPassword: null, ip: '192.0.2.1', requestId: null }
const record: ApplicationPassword = {
	uuid: randomUUID(),
	appId: '',
	name: 'App 1',
	created: noon,
	lastUsed: null,
	lastIp: null,
	seen: null,
	expires: null,
	addresses: [],
	requestsPerMinute: null,
	grants: grants[0],
}

type Opened = Pick<SqlStorageOptions, 'dialect' | 'query'> & { close(): Promise<void> }

let server: TestPostgres
let postgres: Opened
beforeAll(async () => {
	server = await startPostgres()
	postgres = await openPostgres(server.databaseUrl)
}, 120_000)
afterAll(async () => {
	await postgres.close()
	await untilAlone()
	await server.stop()
})

/** A pool says that it has ended before its connections have; the server would end them with an error. */
async function untilAlone(): Promise<void> {
	const client = new pg.Client(server.databaseUrl)
	await client.connect()
	const others = 'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
	while ((await client.query(others)).rows.length > 0);
	await client.end()
}

/** The tables of the one PostgreSQL, empty. */
async function emptyPostgres(): Promise<Opened> {
	await postgres.query('drop table if exists gone', [])
	for (const table of sqlTables('postgres')) await postgres.query(table, [])
	await postgres.query('truncate app_password, app_password_event, app_password_in_use restart identity', [])
	return { ...postgres, close: async () => {} }
}

async function make({
	dialect,
	query,
	close,
}: Opened): Promise<StorageUnderTest & { readonly query: SqlQuery; readonly storage: SqlStorage }> {
	const users = memoryUsers([ada, bob])
	const storage = sqlStorage<User, Grants>({ dialect, query, users })
	return {
		query,
		storage,
		owners: [ada, bob],
		grants,
		endOwner: async ({ id }) => users.remove(id),
		async readEvents() {
			await storage.flush()
			const rows = await query('select event, password_uuid, code from app_password_event order by position', [])
			// Rows that eventRow wrote.
			return rows.map(({ event, password_uuid: uuid, code }) => ({ event, uuid, code })) as Awaited<
				ReturnType<StorageUnderTest['readEvents']>
			>
		},
		close,
	}
}

describe('the storage on SQLite', () => {
	it.each(storageCases)('$name', ({ run }) => run(async () => make(await openSqlite(':memory:'))))
})

describe('the storage on PostgreSQL, by way of a pool', () => {
	it.each(storageCases)('$name', ({ run }) => run(async () => make(await emptyPostgres())), 30_000)
})

const both = [
	['sqlite', async () => make(await openSqlite(':memory:'))],
	['postgres', async () => make(await emptyPostgres())],
] as const

describe.each(both)('on %s', (dialect, open) => {
	const created = (password: ApplicationPassword): readonly PasswordEvent[] => [
		{ event: 'created', at: noon, user: ada, password, occasion },
	]

	it('undoes a change whose events cannot be written', async () => {
		const { storage, query, close } = await open()
		await query('alter table app_password_event rename to gone', [])
		const change = { kind: 'create', owner: ada, password: record, hash: hashSecret('a') } as const
		await expect(storage.change(change, ([password]) => created(password ?? record))).rejects.toThrow()
		expect(await storage.list(ada)).toEqual([])
		expect(await storage.isInUse()).toBe(false)
		await close()
	})

	it('does not undo with a failed change what was made at the same time', async () => {
		const { storage, close } = await open()
		const create = (name: string, describeIt: () => readonly PasswordEvent[]) => {
			const password = { ...record, uuid: randomUUID(), name }
			return storage.change({ kind: 'create', owner: ada, password, hash: hashSecret(name) }, describeIt)
		}
		const fails = () => {
			throw new Error('The sink is full.')
		}
		const made = await Promise.allSettled(
			Array.from({ length: 20 }, async (_, index) => create(`n${index}`, index % 2 === 0 ? fails : () => [])),
		)
		expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
		expect((await storage.list(ada)).map(({ name }) => Number(name.slice(1)) % 2)).toEqual(Array(10).fill(1))
		await close()
	})

	it('tells what it could not write of a login, and answers all the same', async () => {
		const { query, close } = await open()
		const troubles: unknown[] = []
		const users = memoryUsers([ada])
		const storage = sqlStorage<User, Grants>({ dialect, query, users, onTrouble: (error) => troubles.push(error) })
		await query('alter table app_password_event rename to gone', [])
		storage.note({ event: 'failed', at: noon, user: null, password: null, code: 'invalid_username', occasion })
		await storage.flush()
		expect(troubles).toHaveLength(1)
		await close()
	})

	it('keeps who did it, when and what it was before, and neither secret nor hash', async () => {
		const { storage, query, close } = await open()
		const appPasswords = createAppPasswords({ storage, users: memoryUsers([ada]), environment: 'production' })
		const issued = await appPasswords.create(ada, { name: 'old', grants: grants[0] }, occasion)
		if (!issued.ok) throw new Error(issued.error.code)
		const { secret, password } = issued.value
		const by = { ...occasion, by: bob, withPassword: password.uuid, requestId: 'req_2' }
		await appPasswords.update(ada, password.uuid, { name: 'new' }, by)
		const [row] = await query("select * from app_password_event where event = 'updated'", [])
		expect(row).toMatchObject({ password_uuid: password.uuid, with_password: password.uuid, request_id: 'req_2' })
		expect([Number(row?.['user_id']), Number(row?.['by_id'])]).toEqual([ada.id, bob.id])
		expect(JSON.parse(String(row?.['details']))).toMatchObject({ password: { name: 'new' }, before: { name: 'old' } })
		const everything = JSON.stringify(await query('select * from app_password_event', []))
		expect(everything).not.toContain(secret.reveal())
		expect(everything).not.toContain(hashSecret(secret.reveal()))
		await close()
	})
})

it('makes its changes in the transaction of whoever gives one', async () => {
	const { query, close } = await openSqlite(':memory:')
	const said: string[] = []
	const transaction: SqlTransaction = async (work) => {
		said.push('begin')
		const done = await work(query)
		said.push('commit')
		return done
	}
	const storage = sqlStorage<User, Grants>({ dialect: 'sqlite', query, transaction, users: memoryUsers([ada]) })
	await storage.change({ kind: 'create', owner: ada, password: record, hash: hashSecret('a') }, () => [])
	expect(said).toEqual(['begin', 'commit'])
	expect(await storage.list(ada)).toEqual([record])
	await close()
})
