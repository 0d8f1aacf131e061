import { type Kysely, sql } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/** Tags of connectors, and what the list filters and sorts by within its indexes. */
export async function addConnectorTags(db: Kysely<unknown>, dialect: StoreDialect): Promise<void> {
	await db.schema
		.alterTable('connector')
		.addColumn('tags', 'text', (column) => column.notNull().defaultTo('[]'))
		.execute()
	await createTagTable(db, dialect)
	await indexConnectorsAnew(db)
}

/** The tags once more, to be found by; a connector's own row has them as they are shown. */
async function createTagTable(db: Kysely<unknown>, { type, columnTypes }: StoreDialect): Promise<void> {
	const table = db.schema
		.createTable('connector_tag')
		.addColumn('workspace_id', 'text', (column) => column.notNull())
		.addColumn('tag_key', columnTypes.sortedText, (column) => column.notNull())
		.addColumn('connector_id', 'text', (column) => column.notNull().references('connector.id').onDelete('cascade'))
		.addColumn('tag', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('connector_tag_key', ['workspace_id', 'tag_key', 'connector_id'])
	await (type === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute()
	await db.schema.createIndex('connector_tag_connector').on('connector_tag').column('connector_id').execute()
}

/** As they were, and the type and who connected it; the time of the last check stands in one of them alone, because it often changes. */
async function indexConnectorsAnew(db: Kysely<unknown>): Promise<void> {
	for (const [name, columns, others] of [
		['connector_by_name', ['name_search', 'id', 'host_search'], ['checked_at']],
		['connector_by_age', ['created_at', 'id', 'name_search', 'host_search'], []],
	] as const) {
		await db.schema.dropIndex(name).execute()
		await db.schema
			.createIndex(name)
			.on('connector')
			.columns(['workspace_id', 'phase', ...columns, 'state', 'is_paused', 'type', 'created_by', ...others])
			.execute()
	}
}
