import { type Kysely, sql } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/** Workspaces and who belongs to them, the vault's keys, connectors, and the audit log. */
export async function createPosternTables(db: Kysely<unknown>, dialect: StoreDialect): Promise<void> {
	await createInstallationTable(db)
	await createWorkspaceTables(db)
	await createLinkTables(db)
	await createDataKeyTable(db, dialect)
	await createConnectorTable(db, dialect)
	await createAuditTables(db)
}

async function createInstallationTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('installation')
		.addColumn('key', 'text', (column) => column.primaryKey())
		.addColumn('value', 'text', (column) => column.notNull())
		.execute()
}

async function createWorkspaceTables(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('workspace')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.execute()
	await db.schema
		.createTable('member')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('account_id', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
		.addColumn('role', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addUniqueConstraint('member_workspace_account', ['workspace_id', 'account_id'])
		.execute()
	await db.schema.createIndex('member_account').on('member').column('account_id').execute()
}

async function createLinkTables(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('invitation')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('token_hash', 'text', (column) => column.notNull().unique())
		.addColumn('role', 'text', (column) => column.notNull())
		.addColumn('label', 'text', (column) => column.notNull())
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('expires_at', 'bigint', (column) => column.notNull())
		.addColumn('accepted_at', 'bigint')
		.addColumn('accepted_by', 'text')
		.execute()
	await db.schema.createIndex('invitation_workspace').on('invitation').column('workspace_id').execute()
	await db.schema
		.createTable('recovery_link')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('account_id', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
		.addColumn('token_hash', 'text', (column) => column.notNull().unique())
		.addColumn('created_by', 'text')
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('expires_at', 'bigint', (column) => column.notNull())
		.addColumn('used_at', 'bigint')
		.execute()
	await db.schema.createIndex('recovery_link_account').on('recovery_link').column('account_id').execute()
}

async function createDataKeyTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('data_key')
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('id', 'text', (column) => column.notNull())
		.addColumn('kek_id', 'text', (column) => column.notNull())
		.addColumn('wrapped', columnTypes.bytes, (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addPrimaryKeyConstraint('data_key_workspace_id', ['workspace_id', 'id'])
		.execute()
}

async function createConnectorTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('connector')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('type', 'text', (column) => column.notNull())
		.addColumn('phase', 'text', (column) => column.notNull())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('name_search', columnTypes.sortedText, (column) => column.notNull())
		.addColumn('host', 'text', (column) => column.notNull())
		.addColumn('host_search', columnTypes.sortedText, (column) => column.notNull())
		.addColumn('site_url', 'text', (column) => column.notNull())
		.addColumn('site_origin', 'text', (column) => column.notNull())
		.addColumn('site_title', 'text', (column) => column.notNull())
		.addColumn('home_url', 'text', (column) => column.notNull())
		.addColumn('api_root_url', 'text', (column) => column.notNull())
		.addColumn('api_root_style', 'text', (column) => column.notNull())
		.addColumn('authorization_endpoint', 'text')
		.addColumn('admin_url', 'text', (column) => column.notNull())
		.addColumn('wordpress_version', 'text')
		.addColumn('site_username', 'text', (column) => column.notNull())
		.addColumn('site_user_id', 'bigint', (column) => column.notNull())
		.addColumn('site_display_name', 'text', (column) => column.notNull())
		.addColumn('roles', 'text', (column) => column.notNull())
		.addColumn('permissions', 'text', (column) => column.notNull())
		.addColumn('capabilities', 'text', (column) => column.notNull())
		.addColumn('password_uuid', 'text')
		.addColumn('password_name', 'text')
		.addColumn('notes', 'text', (column) => column.notNull())
		.addColumn('sealed', columnTypes.bytes, (column) => column.notNull())
		.addColumn('seal_version', 'integer', (column) => column.notNull())
		.addColumn('state', 'text', (column) => column.notNull())
		.addColumn('state_problem', 'text')
		.addColumn('checked_at', 'bigint')
		.addColumn('latency_ms', 'integer')
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('updated_at', 'bigint', (column) => column.notNull())
		.addColumn('expires_at', 'bigint')
		.addColumn('row_version', 'integer', (column) => column.notNull())
		.execute()
	await indexConnectors(db)
}

/** Search reads one workspace's part of an index from end to end, so the index holds all that search looks at. */
async function indexConnectors(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createIndex('connector_by_name')
		.on('connector')
		.columns(['workspace_id', 'phase', 'name_search', 'id', 'host_search', 'state'])
		.execute()
	await db.schema
		.createIndex('connector_by_age')
		.on('connector')
		.columns(['workspace_id', 'phase', 'created_at', 'id', 'name_search', 'host_search', 'state'])
		.execute()
	await db.schema
		.createIndex('connector_drafts')
		.on('connector')
		.column('expires_at')
		.where(sql.ref('phase'), '=', sql.lit('draft'))
		.execute()
}

async function createAuditTables(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('audit_counter')
		.addColumn('scope', 'text', (column) => column.primaryKey())
		.addColumn('seq', 'bigint', (column) => column.notNull())
		.execute()
	await db.schema
		.createTable('audit_event')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('workspace_id', 'text', (column) => column.references('workspace.id').onDelete('cascade'))
		.addColumn('seq', 'bigint', (column) => column.notNull())
		.addColumn('at', 'bigint', (column) => column.notNull())
		.addColumn('event', 'text', (column) => column.notNull())
		.addColumn('actor_kind', 'text', (column) => column.notNull())
		.addColumn('actor_id', 'text')
		.addColumn('actor_name', 'text')
		.addColumn('target_kind', 'text')
		.addColumn('target_id', 'text')
		.addColumn('target_name', 'text')
		.addColumn('params', 'text', (column) => column.notNull())
		.addColumn('request_id', 'text')
		.execute()
	await db.schema
		.createIndex('audit_event_workspace_seq')
		.on('audit_event')
		.columns(['workspace_id', 'seq'])
		.unique()
		.execute()
	// Nulls are distinct in a unique index, so the installation's own events need theirs.
	await db.schema
		.createIndex('audit_event_installation_seq')
		.on('audit_event')
		.column('seq')
		.unique()
		.where(sql.ref('workspace_id'), 'is', null)
		.execute()
}
