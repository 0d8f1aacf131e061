import { type Kysely, sql, type SqlBool } from 'kysely'
import { newSlug } from '../connector/slug.ts'
import type { StoreDialect } from '../dialect/dialect.ts'
import type { StoreSchema } from '../schema.ts'

/**
 * What the gateway needs: the name of a connector in addresses, what its site offers besides the core, pausing; the record
 * of requests, chained; and how often each application password was used on a day.
 */
export async function addGateway(db: Kysely<unknown>, { type }: StoreDialect): Promise<void> {
	await addConnectorColumns(db)
	await createSlugTable(db)
	await giveSlugs(db)
	await db.schema.createIndex('connector_slug_unique').on('connector').column('slug').unique().execute()
	await indexConnectorsAnew(db)
	await addAuditColumns(db)
	await indexAudit(db)
	await createUsageTable(db, type)
}

async function addConnectorColumns(db: Kysely<unknown>): Promise<void> {
	const add = (name: string, type: 'text' | 'integer', value: string | number) =>
		db.schema
			.alterTable('connector')
			.addColumn(name, type, (column) => column.notNull().defaultTo(value))
			.execute()
	await add('slug', 'text', '')
	await add('namespaces', 'text', '[]')
	await add('post_types', 'text', '[]')
	await add('is_paused', 'integer', 0)
	await add('rejected_logins', 'integer', 0)
}

async function createSlugTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('connector_slug')
		.addColumn('slug', 'text', (column) => column.primaryKey())
		.addColumn('connector_id', 'text', (column) => column.notNull())
		.addColumn('released_at', 'bigint')
		.execute()
	await db.schema.createIndex('connector_slug_connector').on('connector_slug').column('connector_id').execute()
}

/** Whoever connected a site first gets the shortest one. */
async function giveSlugs(untyped: Kysely<unknown>): Promise<void> {
	const db = untyped as Kysely<Pick<StoreSchema, 'connector' | 'connector_slug'>> // the tables as they are at this point
	const connectors = await db
		.selectFrom('connector')
		.select(['id', 'site_url'])
		.orderBy('created_at')
		.orderBy('id')
		.execute()
	const taken = new Set<string>()
	for (const { id, site_url } of connectors) {
		let attempt = 0
		let slug = newSlug(site_url, attempt)
		while (taken.has(slug)) slug = newSlug(site_url, (attempt += 1))
		taken.add(slug)
		await db.updateTable('connector').set({ slug }).where('id', '=', id).execute()
		await db.insertInto('connector_slug').values({ slug, connector_id: id, released_at: null }).execute()
	}
}

/** As they were, and whether it is paused: the list looks only at what the indexes hold. */
async function indexConnectorsAnew(db: Kysely<unknown>): Promise<void> {
	for (const [name, columns] of [
		['connector_by_name', ['name_search', 'id', 'host_search']],
		['connector_by_age', ['created_at', 'id', 'name_search', 'host_search']],
	] as const) {
		await db.schema.dropIndex(name).execute()
		await db.schema
			.createIndex(name)
			.on('connector')
			.columns(['workspace_id', 'phase', ...columns, 'state', 'is_paused'])
			.execute()
	}
}

async function addAuditColumns(db: Kysely<unknown>): Promise<void> {
	const add = (name: string, type: 'text' | 'bigint') =>
		db.schema.alterTable('audit_event').addColumn(name, type).execute()
	for (const name of ['password_uuid', 'password_name', 'connector_id', 'decision', 'access', 'hash'])
		await add(name, 'text')
	await add('finishes', 'bigint')
	await db.schema.alterTable('audit_counter').addColumn('hash', 'text').execute()
	// What was recorded so far is found by what it is about, too.
	await sql`update audit_event set connector_id = target_id where target_kind = 'connector'`.execute(db)
	await sql`update audit_event set password_uuid = target_id where target_kind = 'application-password'`.execute(db)
}

/** Whoever filters walks one of these from its end. The end of a request is found from its beginning, and else by nobody. */
async function indexAudit(db: Kysely<unknown>): Promise<void> {
	const begins = sql<SqlBool>`finishes is null`
	const index = (name: string, about: 'password_uuid' | 'connector_id' | null) =>
		db.schema
			.createIndex(`audit_event_${name}`)
			.on('audit_event')
			.columns([
				'workspace_id',
				...(about === null ? [] : [about]),
				'decision',
				'seq',
				...(about === 'password_uuid' ? ['connector_id' as const] : []),
			])
			.where(about === null ? begins : sql<SqlBool>`${begins} and ${sql.ref(about)} is not null`)
			.execute()
	await index('decision', null)
	await index('password', 'password_uuid')
	await index('connector', 'connector_id')
	await db.schema
		.createIndex('audit_event_finishes')
		.on('audit_event')
		.columns(['workspace_id', 'finishes'])
		.where(sql<SqlBool>`finishes is not null`)
		.execute()
}

/** A row for each password, connector and day (UTC, counted from 1970-01-01). */
async function createUsageTable(db: Kysely<unknown>, type: StoreDialect['type']): Promise<void> {
	const table = db.schema
		.createTable('password_usage')
		.addColumn('uuid', 'text', (column) => column.notNull())
		.addColumn('day', 'integer', (column) => column.notNull())
		.addColumn('connector_id', 'text', (column) => column.notNull())
		.addColumn('permitted', 'integer', (column) => column.notNull())
		.addColumn('refused', 'integer', (column) => column.notNull())
		.addColumn('writes', 'integer', (column) => column.notNull())
		.addPrimaryKeyConstraint('password_usage_key', ['uuid', 'day', 'connector_id'])
	await (type === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table).execute()
	await db.schema.createIndex('password_usage_day').on('password_usage').column('day').execute()
}
