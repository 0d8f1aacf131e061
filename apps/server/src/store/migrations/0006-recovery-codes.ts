import type { Kysely } from 'kysely'
import * as z from 'zod/mini'

type Tables = {
	readonly auth_two_factor: { readonly userId: string; readonly backupCodes: string }
	readonly recovery_code: { readonly account_id: string; readonly code_hash: string }
}

const hashes = z.array(z.string())

/** Recovery codes belong to the account, whichever its second factor is; they move out of the authenticator app's row. */
export async function createRecoveryCodes(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('recovery_code')
		.addColumn('account_id', 'text', (column) => column.notNull().references('auth_user.id').onDelete('cascade'))
		.addColumn('code_hash', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('recovery_code_account_id_hash', ['account_id', 'code_hash'])
		.execute()
	const tables = db.withTables<Tables>()
	for (const { userId, backupCodes } of await tables.selectFrom('auth_two_factor').selectAll().execute())
		for (const codeHash of hashes.parse(JSON.parse(backupCodes)))
			await tables.insertInto('recovery_code').values({ account_id: userId, code_hash: codeHash }).execute()
	await tables.updateTable('auth_two_factor').set({ backupCodes: '[]' }).execute()
}
