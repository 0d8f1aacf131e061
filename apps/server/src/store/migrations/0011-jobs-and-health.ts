import { type Kysely, type SqlBool, sql } from 'kysely'

/** What is to be done at a time; what checks of connectors found; and what a connector waits for before its state changes. */
export async function addJobsAndHealth(db: Kysely<unknown>): Promise<void> {
	await createJobTable(db)
	await createCheckTable(db)
	await addHealthColumns(db)
	await scheduleChecks(db)
}

async function createJobTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('job')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('kind', 'text', (column) => column.notNull())
		.addColumn('key', 'text', (column) => column.notNull())
		.addColumn('workspace_id', 'text', (column) => column.references('workspace.id').onDelete('cascade'))
		.addColumn('connector_id', 'text', (column) => column.references('connector.id').onDelete('cascade'))
		.addColumn('lane', 'text')
		.addColumn('run_at', 'bigint', (column) => column.notNull())
		.addColumn('again_at', 'bigint')
		.addColumn('attempts', 'integer', (column) => column.notNull())
		.addColumn('lease_token', 'text')
		.addColumn('payload', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addUniqueConstraint('job_kind_key', ['kind', 'key'])
		.execute()
	await db.schema.createIndex('job_due').on('job').columns(['kind', 'run_at', 'id']).execute()
	await db.schema
		.createIndex('job_leased')
		.on('job')
		.columns(['kind', 'lane', 'run_at'])
		.where(sql<SqlBool>`lease_token is not null`)
		.execute()
	await db.schema.createIndex('job_connector').on('job').column('connector_id').execute()
	await db.schema.createIndex('job_workspace').on('job').column('workspace_id').execute()
}

async function createCheckTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('connector_check')
		.addColumn('connector_id', 'text', (column) => column.notNull().references('connector.id').onDelete('cascade'))
		.addColumn('at', 'bigint', (column) => column.notNull())
		.addColumn('state', 'text', (column) => column.notNull())
		.addColumn('code', 'text')
		.addColumn('latency_ms', 'integer')
		.addPrimaryKeyConstraint('connector_check_key', ['connector_id', 'at'])
		.execute()
	await db.schema.createIndex('connector_check_at').on('connector_check').column('at').execute()
}

async function addHealthColumns(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('connector').addColumn('failing_since', 'bigint').execute()
	await db.schema
		.alterTable('connector')
		.addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0))
		.execute()
}

const dayMs = 86_400_000
/** Spreads what stands side by side over the day. */
const strideMs = 7_919_000

/** Connectors of before are looked at within a day, each at another time. */
async function scheduleChecks(db: Kysely<unknown>): Promise<void> {
	const at = Date.now()
	await sql`
		insert into job (id, kind, key, workspace_id, connector_id, lane, run_at, attempts, payload, created_at)
		select 'job_' || substr(id, 5), 'connector.check', id, workspace_id, id, host,
			${sql.lit(at)} + (row_number() over (order by id) * ${sql.lit(strideMs)}) % ${sql.lit(dayMs)},
			0, '{}', ${sql.lit(at)}
		from connector where phase = 'saved' and is_paused = 0
	`.execute(db)
}
