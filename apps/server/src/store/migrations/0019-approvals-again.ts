import type { Kysely } from 'kysely'

/** What an approval was used up with, and what came with it again: a password that travelled is told from another one. */
export async function addApprovalsAgain(db: Kysely<unknown>): Promise<void> {
	const approval = () => db.schema.alterTable('site_approval')
	await approval().addColumn('password_hash', 'text').execute()
	await approval().addColumn('again_at', 'bigint').execute()
	await approval().addColumn('again_hash', 'text').execute()
	await approval().addColumn('again', 'text').execute()
}
