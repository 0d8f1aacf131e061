import type { Kysely } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/**
 * The tables of the account library (better-auth 1.7 with its username and two-factor plugins), prefixed `auth_`: its
 * names, its column types. `language` is an additional field of ours.
 */
export async function createAccountTables(db: Kysely<unknown>, dialect: StoreDialect): Promise<void> {
	await createUserTable(db, dialect)
	await createSessionTable(db, dialect)
	await createCredentialTable(db, dialect)
	await createVerificationTable(db, dialect)
	await createTwoFactorTable(db, dialect)
	await indexAccountTables(db)
}

async function createUserTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('auth_user')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('email', 'text', (column) => column.notNull().unique())
		.addColumn('emailVerified', columnTypes.authBoolean, (column) => column.notNull())
		.addColumn('image', 'text')
		.addColumn('createdAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('updatedAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('username', 'text', (column) => column.unique())
		.addColumn('displayUsername', 'text')
		.addColumn('twoFactorEnabled', columnTypes.authBoolean)
		.addColumn('language', 'text')
		.execute()
}

async function createSessionTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('auth_session')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('expiresAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('token', 'text', (column) => column.notNull().unique())
		.addColumn('createdAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('updatedAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('ipAddress', 'text')
		.addColumn('userAgent', 'text')
		.addColumn('userId', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
		.execute()
}

async function createCredentialTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('auth_account')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('accountId', 'text', (column) => column.notNull())
		.addColumn('providerId', 'text', (column) => column.notNull())
		.addColumn('userId', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
		.addColumn('accessToken', 'text')
		.addColumn('refreshToken', 'text')
		.addColumn('idToken', 'text')
		.addColumn('accessTokenExpiresAt', columnTypes.authDate)
		.addColumn('refreshTokenExpiresAt', columnTypes.authDate)
		.addColumn('scope', 'text')
		.addColumn('password', 'text')
		.addColumn('createdAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('updatedAt', columnTypes.authDate, (column) => column.notNull())
		.execute()
}

async function createVerificationTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('auth_verification')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('identifier', 'text', (column) => column.notNull())
		.addColumn('value', 'text', (column) => column.notNull())
		.addColumn('expiresAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('createdAt', columnTypes.authDate, (column) => column.notNull())
		.addColumn('updatedAt', columnTypes.authDate, (column) => column.notNull())
		.execute()
}

async function createTwoFactorTable(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema
		.createTable('auth_two_factor')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('secret', 'text', (column) => column.notNull())
		.addColumn('backupCodes', 'text', (column) => column.notNull())
		.addColumn('userId', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
		.addColumn('verified', columnTypes.authBoolean)
		.addColumn('failedVerificationCount', 'integer')
		.addColumn('lockedUntil', columnTypes.authDate)
		.execute()
}

async function indexAccountTables(db: Kysely<unknown>): Promise<void> {
	const indexed = [
		['auth_session', 'userId'],
		['auth_account', 'userId'],
		['auth_verification', 'identifier'],
		['auth_two_factor', 'secret'],
		['auth_two_factor', 'userId'],
	] as const
	for (const [table, column] of indexed) {
		await db.schema.createIndex(`${table}_${column}_idx`).on(table).column(column).execute()
	}
}
