import { atomically, type StoreHandle } from './handle.ts'

export type RecoveryCodes = ReturnType<typeof recoveryCodesOn>

/** Hashes of the codes that stand in for a second factor. */
export function recoveryCodesOn(handle: StoreHandle) {
	const { db } = handle
	return {
		/** Drops the codes that there were; no hashes: the account has none any more. */
		async replace(accountId: string, hashes: readonly string[]): Promise<void> {
			await atomically(handle, async (transaction) => {
				await transaction.deleteFrom('recovery_code').where('account_id', '=', accountId).execute()
				for (const hash of hashes)
					await transaction.insertInto('recovery_code').values({ account_id: accountId, code_hash: hash }).execute()
			})
		},

		async areThere(accountId: string): Promise<boolean> {
			const codes = db.selectFrom('recovery_code').select('account_id').where('account_id', '=', accountId)
			return (await codes.limit(1).executeTakeFirst()) !== undefined
		},

		/** Uses a code up: of any number of attempts with one code, one gives true. */
		async use(accountId: string, hash: string): Promise<boolean> {
			const used = await db
				.deleteFrom('recovery_code')
				.where('account_id', '=', accountId)
				.where('code_hash', '=', hash)
				.returning('account_id')
				.executeTakeFirst()
			return used !== undefined
		},
	}
}
