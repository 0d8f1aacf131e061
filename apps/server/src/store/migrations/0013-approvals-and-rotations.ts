import { type Kysely, sql, type SqlBool } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/** Approvals that people are on their way to a site with, and rotations of site credentials that are under way. */
export async function addApprovalsAndRotations(db: Kysely<unknown>, dialect: StoreDialect): Promise<void> {
	await createApprovalTable(db)
	await createRotationTable(db, dialect)
	const connector = () => db.schema.alterTable('connector')
	await connector().addColumn('rotation_problem', 'text').execute()
	await connector().addColumn('rotation_tried_at', 'bigint').execute()
	await db.schema
		.createIndex('connector_rotates')
		.on('connector')
		.column('id')
		.where(sql<SqlBool>`(rotate_every_days is not null or is_rotated = 0)`)
		.execute()
	await db.schema
		.createIndex('connector_password')
		.on('connector')
		.columns(['password_uuid', 'site_origin'])
		.where(sql<SqlBool>`password_uuid is not null`)
		.execute()
}

async function createApprovalTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('site_approval')
		.addColumn('state_hash', 'text', (column) => column.primaryKey())
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('account_id', 'text', (column) => column.notNull())
		.addColumn('session_hash', 'text', (column) => column.notNull())
		.addColumn('type', 'text', (column) => column.notNull())
		.addColumn('address', 'text', (column) => column.notNull())
		.addColumn('site', 'text', (column) => column.notNull())
		.addColumn('certificate_pin', 'text')
		.addColumn('app_name', 'text', (column) => column.notNull())
		.addColumn('connector_id', 'text')
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('expires_at', 'bigint', (column) => column.notNull())
		.addColumn('used_at', 'bigint')
		.addColumn('outcome', 'text')
		.execute()
	await db.schema
		.createIndex('site_approval_account')
		.on('site_approval')
		.columns(['account_id', 'created_at'])
		.execute()
	await db.schema.createIndex('site_approval_expiry').on('site_approval').column('expires_at').execute()
}

async function createRotationTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('connector_rotation')
		.addColumn('connector_id', 'text', (column) => column.primaryKey().references('connector.id').onDelete('cascade'))
		.addColumn('workspace_id', 'text', (column) => column.notNull())
		.addColumn('phase', 'text', (column) => column.notNull())
		.addColumn('seal_version', 'integer', (column) => column.notNull())
		.addColumn('new_name', 'text')
		.addColumn('new_uuid', 'text')
		.addColumn('new_sealed', columnTypes.bytes)
		.addColumn('new_edge_sealed', columnTypes.bytes)
		.addColumn('old_uuids', 'text', (column) => column.notNull())
		.addColumn('asked_by', 'text')
		.addColumn('started_at', 'bigint', (column) => column.notNull())
		.addColumn('attempts', 'integer', (column) => column.notNull())
		.addColumn('run_at', 'bigint', (column) => column.notNull())
		.addColumn('lease_token', 'text')
		.addColumn('leased_until', 'bigint', (column) => column.notNull())
		.execute()
	await db.schema.createIndex('connector_rotation_due').on('connector_rotation').column('run_at').execute()
}
