import type { Kysely } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/** Passkeys, and the questions ("challenges") that wait for one to answer; each is answered once. */
export async function createPasskeys(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('passkey')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('account_id', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
		.addColumn('credential_id', 'text', (column) => column.notNull().unique())
		.addColumn('public_key', columnTypes.bytes, (column) => column.notNull())
		.addColumn('counter', 'bigint', (column) => column.notNull())
		.addColumn('transports', 'text', (column) => column.notNull())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('last_used_at', 'bigint')
		.execute()
	await db.schema.createIndex('passkey_account').on('passkey').column('account_id').execute()
	await db.schema
		.createTable('passkey_challenge')
		.addColumn('token_hash', 'text', (column) => column.primaryKey())
		.addColumn('purpose', 'text', (column) => column.notNull())
		.addColumn('challenge', 'text', (column) => column.notNull())
		.addColumn('account_id', 'text')
		.addColumn('session_id', 'text')
		.addColumn('expires_at', 'bigint', (column) => column.notNull())
		.execute()
	await db.schema.createIndex('passkey_challenge_end').on('passkey_challenge').column('expires_at').execute()
}
