import type { Selectable } from 'kysely'
import { atomically, type StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import type { StoreSchema } from './schema.ts'

export type RecoveryLink = {
	readonly id: string
	readonly accountId: string
	/** The account that made it; null: the operator, on the machine. */
	readonly createdBy: string | null
	readonly createdAt: Date
	readonly expiresAt: Date
}

export type NewRecoveryLink = Omit<RecoveryLink, 'id' | 'createdAt'> & { readonly tokenHash: string }

export type RecoveryLinks = ReturnType<typeof recoveryLinksOn>

export function recoveryLinksOn(handle: StoreHandle) {
	const { db, now } = handle
	return {
		async create(link: NewRecoveryLink): Promise<RecoveryLink> {
			const row = await db
				.insertInto('recovery_link')
				.values({
					id: newId('rec'),
					account_id: link.accountId,
					token_hash: link.tokenHash,
					created_by: link.createdBy,
					created_at: now().getTime(),
					expires_at: link.expiresAt.getTime(),
				})
				.returningAll()
				.executeTakeFirstOrThrow()
			return readRecoveryLink(row)
		},

		async findUnused(tokenHash: string): Promise<RecoveryLink | undefined> {
			const row = await db
				.selectFrom('recovery_link')
				.selectAll()
				.where('token_hash', '=', tokenHash)
				.where('used_at', 'is', null)
				.where('expires_at', '>', now().getTime())
				.executeTakeFirst()
			return row && readRecoveryLink(row)
		},

		/** Uses it up, and every other link of the account with it: of any number of attempts exactly one gets it. */
		use(tokenHash: string): Promise<RecoveryLink | undefined> {
			return atomically(handle, async (transaction) => {
				const at = now().getTime()
				const unused = transaction.updateTable('recovery_link').set({ used_at: at }).where('used_at', 'is', null)
				const row = await unused
					.where('token_hash', '=', tokenHash)
					.where('expires_at', '>', at)
					.returningAll()
					.executeTakeFirst()
				if (row === undefined) return undefined
				await unused.where('account_id', '=', row.account_id).execute()
				return readRecoveryLink(row)
			})
		},
	}
}

function readRecoveryLink(row: Selectable<StoreSchema['recovery_link']>): RecoveryLink {
	return {
		id: row.id,
		accountId: row.account_id,
		createdBy: row.created_by,
		createdAt: new Date(row.created_at),
		expiresAt: new Date(row.expires_at),
	}
}
