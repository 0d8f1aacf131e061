import type { Kysely } from 'kysely'

/** What applications ask for on the authorize page, while it waits for an answer. */
export async function createAuthorizeRequests(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('authorize_request')
		.addColumn('id_hash', 'text', (column) => column.primaryKey())
		.addColumn('query', 'text', (column) => column.notNull())
		.addColumn('user_number', 'bigint', (column) => column.notNull())
		.addColumn('session_id', 'text', (column) => column.notNull())
		.addColumn('token_hash', 'text', (column) => column.notNull())
		.addColumn('shown_at', 'bigint', (column) => column.notNull())
		.execute()
	await db.schema.createIndex('authorize_request_shown').on('authorize_request').column('shown_at').execute()
	await db.schema
		.createIndex('authorize_request_user')
		.on('authorize_request')
		.columns(['user_number', 'shown_at'])
		.execute()
}
