import type { Kysely } from 'kysely'

/** Who is told by e-mail once a day, and up to when they were. */
export async function addDigests(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.alterTable('account_profile')
		.addColumn('wants_digest', 'integer', (column) => column.notNull().defaultTo(1))
		.execute()
	await db.schema.alterTable('account_profile').addColumn('digest_until', 'bigint').execute()
}
