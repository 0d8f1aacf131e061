import { type Kysely, sql } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/**
 * Numbers all accounts, as WordPress clients know them; says which are machines; keeps application passwords with where
 * they were used from, what is decided of two-factor and the API, and notices.
 */
export async function createApplicationPasswords(db: Kysely<unknown>, dialect: StoreDialect): Promise<void> {
	await createAccountProfiles(db, dialect)
	await addApiLogin(db)
	await createPasswordTable(db, dialect)
	await createAddressTable(db)
	await createNoticeTable(db)
}

async function createAccountProfiles(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('account_profile')
		.addColumn('number', columnTypes.numbered)
		.addColumn('account_id', 'text', (column) =>
			column.notNull().unique().references('auth_user.id').onDelete('cascade'),
		)
		.addColumn('kind', 'text', (column) => column.notNull())
		.execute()
	await sql`
		insert into account_profile (account_id, kind) select id, 'person' from auth_user order by "createdAt", id
	`.execute(db)
}

async function addApiLogin(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('member').addColumn('api_login', 'integer').execute()
	await db.schema
		.alterTable('workspace')
		.addColumn('api_login_rule', 'text', (column) => column.notNull().defaultTo('each-decides'))
		.execute()
}

async function createPasswordTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('application_password')
		.addColumn('position', columnTypes.numbered)
		.addColumn('uuid', 'text', (column) => column.notNull().unique())
		.addColumn('member_id', 'text', (column) => column.notNull().references('member.id').onDelete('cascade'))
		.addColumn('workspace_id', 'text', (column) => column.notNull().references('workspace.id').onDelete('cascade'))
		.addColumn('app_id', 'text', (column) => column.notNull())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('hash', 'text', (column) => column.notNull().unique())
		.addColumn('is_imported', 'integer', (column) => column.notNull())
		.addColumn('grants', 'text', (column) => column.notNull())
		.addColumn('addresses', 'text', (column) => column.notNull())
		.addColumn('requests_per_minute', 'bigint')
		.addColumn('created_at', 'bigint', (column) => column.notNull())
		.addColumn('created_by', 'text')
		.addColumn('created_by_name', 'text')
		.addColumn('is_second_factor_proven', 'integer', (column) => column.notNull())
		.addColumn('expires_at', 'bigint')
		.addColumn('is_expiry_noticed', 'integer', (column) => column.notNull())
		.addColumn('last_used_at', 'bigint')
		.addColumn('last_ip', 'text')
		.addColumn('seen_at', 'bigint')
		.addColumn('seen_ip', 'text')
		.execute()
	const index = (name: string) => db.schema.createIndex(`application_password_${name}`).on('application_password')
	await index('member').columns(['member_id', 'position']).execute()
	await index('workspace').columns(['workspace_id', 'position']).execute()
	await index('expiring').column('expires_at').where(sql.ref('is_expiry_noticed'), '=', sql.lit(0)).execute()
	await index('imported').column('member_id').where(sql.ref('is_imported'), '=', sql.lit(1)).execute()
}

async function createAddressTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('application_password_address')
		.addColumn('uuid', 'text', (column) => column.notNull().references('application_password.uuid').onDelete('cascade'))
		.addColumn('ip', 'text', (column) => column.notNull())
		.addColumn('first_used_at', 'bigint', (column) => column.notNull())
		.addPrimaryKeyConstraint('application_password_address_uuid_ip', ['uuid', 'ip'])
		.execute()
}

async function createNoticeTable(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('notice')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('recipient_id', 'text', (column) => column.notNull().references('member.id').onDelete('cascade'))
		.addColumn('kind', 'text', (column) => column.notNull())
		.addColumn('at', 'bigint', (column) => column.notNull())
		.addColumn('member_id', 'text', (column) => column.notNull().references('member.id').onDelete('cascade'))
		.addColumn('uuid', 'text', (column) => column.notNull())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('params', 'text', (column) => column.notNull())
		.execute()
	await db.schema.createIndex('notice_recipient').on('notice').columns(['recipient_id', 'at']).execute()
	await db.schema.createIndex('notice_password').on('notice').column('uuid').execute()
}
