import type { Kysely } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/** Addresses that are told what happens to connectors, and what they were told. */
export async function createWebhooks(db: Kysely<unknown>, dialect: StoreDialect): Promise<void> {
	await createWebhookTable(db, dialect)
	await createDeliveryTable(db)
}

async function createWebhookTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('webhook')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('url', 'text', (column) => column.notNull())
		.addColumn('events', 'text', (column) => column.notNull())
		.addColumn('secret_sealed', columnTypes.bytes, (column) => column.notNull())
		.addColumn('secret_version', 'integer', (column) => column.notNull())
		.addColumn('previous_sealed', columnTypes.bytes)
		.addColumn('previous_until', 'bigint')
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('disabled_at', 'bigint')
		.addColumn('failing_since', 'bigint')
		.addColumn('last_at', 'bigint')
		.addColumn('last_status', 'integer')
		.addColumn('last_code', 'text')
		.execute()
	await db.schema.createIndex('webhook_workspace').on('webhook').columns(['workspace_id', 'created_at']).execute()
}

async function createDeliveryTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('webhook_delivery')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('webhook_id', 'text', (column) => column.notNull().references('webhook.id').onDelete('cascade'))
		.addColumn('event', 'text', (column) => column.notNull())
		.addColumn('body', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('state', 'text', (column) => column.notNull())
		.addColumn('attempts', 'integer', (column) => column.notNull())
		.addColumn('last_at', 'bigint')
		.addColumn('last_status', 'integer')
		.addColumn('last_code', 'text')
		.execute()
	await db.schema
		.createIndex('webhook_delivery_webhook')
		.on('webhook_delivery')
		.columns(['webhook_id', 'created_at', 'id'])
		.execute()
}
