import type { Kysely } from 'kysely'

/** Links by which the owner of one site connects it without an account. */
export async function createConnectLinks(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('connect_link')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('token_hash', 'text', (column) => column.notNull().unique())
		.addColumn('type', 'text', (column) => column.notNull())
		.addColumn('address', 'text', (column) => column.notNull())
		.addColumn('host', 'text', (column) => column.notNull())
		.addColumn('connector_id', 'text', (column) => column.references('connector.id').onDelete('cascade'))
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('expires_at', 'bigint', (column) => column.notNull())
		.addColumn('used_at', 'bigint')
		.addColumn('revoked_at', 'bigint')
		.execute()
	await db.schema
		.createIndex('connect_link_workspace')
		.on('connect_link')
		.columns(['workspace_id', 'created_at'])
		.execute()
	await db.schema.createIndex('connect_link_connector').on('connect_link').column('connector_id').execute()
}
