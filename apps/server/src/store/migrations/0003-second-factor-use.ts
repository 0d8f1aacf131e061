import type { Kysely } from 'kysely'

/** The last time step of which an account's code was accepted, so that each code works once (RFC 6238 §5.2). */
export async function createSecondFactorUse(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('second_factor_use')
		.addColumn('account_id', 'text', (column) => column.primaryKey().references('auth_user.id').onDelete('cascade'))
		.addColumn('last_step', 'bigint', (column) => column.notNull())
		.execute()
}
