import type { Kysely } from 'kysely'
import type { StoreDialect } from '../dialect/dialect.ts'

/** When whoever holds a session last proved who they are, and by what. Older sessions have no proof. */
export async function addSessionProof(db: Kysely<unknown>, { columnTypes }: StoreDialect): Promise<void> {
	await db.schema.alterTable('auth_session').addColumn('provenAt', columnTypes.authDate).execute()
	await db.schema.alterTable('auth_session').addColumn('provenBy', 'text').execute()
}
