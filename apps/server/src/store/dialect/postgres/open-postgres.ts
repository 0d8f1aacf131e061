import { fail, ok, type Result } from '@postern/vocabulary'
import { CompiledQuery, PostgresDialect } from 'kysely'
import pg from 'pg'
import * as z from 'zod/mini'
import { toStoreTrouble } from '../../store-trouble.ts'
import { emptyStore, type FoundInStore, type OpenedDialect, readFound } from '../opened-dialect.ts'
import { postgresQuickReader } from './postgres-quick-reader.ts'
import { postgresStoreDialect } from './postgres-store-dialect.ts'

const INT8 = 20
/** A lossy server would forget acknowledged writes. */
const KEEP_WHAT_IS_ACKNOWLEDGED =
	"select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"

/** Fails with `start/configuration`; throws `StoreTrouble` when the server cannot be reached. */
export async function openPostgres(databaseUrl: string): Promise<Result<OpenedDialect>> {
	const path = readAddress(databaseUrl)
	if (path === undefined) {
		return fail('start/configuration', { params: { name: 'DATABASE_URL', reason: 'not a postgres:// address' } })
	}
	const pool = createPool(databaseUrl)
	let isUsed = false
	try {
		return ok({
			path,
			storeDialect: postgresStoreDialect(),
			found: await lookInto(pool),
			use: () => {
				isUsed = true // from here the dialect ends the pool
				return new PostgresDialect({
					pool,
					onCreateConnection: async (connection) => {
						await connection.executeQuery(CompiledQuery.raw(KEEP_WHAT_IS_ACKNOWLEDGED))
					},
				})
			},
			readQuickly: () => postgresQuickReader(pool),
			abandon: async () => {
				if (!isUsed) await pool.end()
			},
		})
	} catch (error) {
		await pool.end()
		throw toStoreTrouble(error)
	}
}

/** For messages: without user and password. */
function readAddress(databaseUrl: string): string | undefined {
	if (!URL.canParse(databaseUrl)) return undefined
	const { protocol, host, pathname } = new URL(databaseUrl)
	return protocol === 'postgres:' || protocol === 'postgresql:' ? `postgres://${host}${pathname}` : undefined
}

function createPool(databaseUrl: string): pg.Pool {
	const pool = new pg.Pool({
		connectionString: databaseUrl,
		max: 10,
		connectionTimeoutMillis: 5_000,
		application_name: 'postern',
		types: { getTypeParser },
	})
	// A connection may break while nobody waits for it, idle or between two queries of a transaction. Without a listener
	// that would end the process; the next query reports what is wrong.
	pool.on('error', () => undefined)
	pool.on('connect', (client) => client.on('error', () => undefined))
	return pool
}

/** Times and counts are `bigint` columns; all stay below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
	// oxlint-disable-next-line typescript/no-unsafe-return -- the driver's own parsers give any
	return oid === INT8 ? Number : pg.types.getTypeParser(oid, format)
}

const presence = z.tuple([z.object({ migrations: z.boolean(), installation: z.boolean() })])
const nameRows = z.array(z.object({ name: z.string() }))
const installationRows = z.array(z.object({ key: z.string(), value: z.string() }))

async function lookInto(pool: pg.Pool): Promise<FoundInStore> {
	const { rows } = await pool.query(
		`select to_regclass('kysely_migration') is not null as migrations, to_regclass('installation') is not null as installation`,
	)
	const [has] = presence.parse(rows)
	if (!has.migrations) return emptyStore
	const migrations = await pool.query('select name from kysely_migration')
	const installation = has.installation ? await pool.query('select key, value from installation') : { rows: [] }
	return readFound(nameRows.parse(migrations.rows), installationRows.parse(installation.rows))
}
