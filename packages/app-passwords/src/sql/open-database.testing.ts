import { DatabaseSync } from 'node:sqlite'
import { type SqlQuery, sqlTables } from '@postern/app-passwords/sql'
import pg from 'pg'

/** SQLite: always the same connection, which nobody else uses. */
export async function openSqlite(file: string) {
	const database = new DatabaseSync(file)
	const query: SqlQuery = async (sql, params) => database.prepare(sql).all(...params)
	for (const table of sqlTables('sqlite')) await query(table, [])
	return { dialect: 'sqlite', query, close: async () => database.close() } as const
}

/** PostgreSQL: any connection of a pool. */
export async function openPostgres(connectionString: string) {
	const pool = new pg.Pool({ connectionString })
	const query: SqlQuery = async (sql, params) => (await pool.query(sql, [...params])).rows
	for (const table of sqlTables('postgres')) await query(table, [])
	return { dialect: 'postgres', query, close: () => pool.end() } as const
}
