import type { StoreHandle } from './handle.ts'
import type { AccountKind } from './schema.ts'

export type AccountProfile = {
	/** As WordPress clients know the account: a positive integer that nobody else had or will have. */
	readonly number: number
	readonly kind: AccountKind
}

export type AccountProfiles = ReturnType<typeof accountProfilesOn>

export function accountProfilesOn({ db }: StoreHandle) {
	return {
		/** Belongs into the transaction that makes the account. */
		async create(accountId: string, kind: AccountKind): Promise<AccountProfile> {
			return db
				.insertInto('account_profile')
				.values({ account_id: accountId, kind })
				.returning(['number', 'kind'])
				.executeTakeFirstOrThrow()
		},

		async find(accountId: string): Promise<AccountProfile | undefined> {
			return db
				.selectFrom('account_profile')
				.select(['number', 'kind'])
				.where('account_id', '=', accountId)
				.executeTakeFirst()
		},

		/** Deletes a machine’s account and all that hangs on it; never a person’s. */
		async deleteMachine(accountId: string): Promise<void> {
			const machine = db
				.selectFrom('account_profile')
				.select('account_id')
				.where('account_id', '=', accountId)
				.where('kind', '=', 'machine')
			await db.deleteFrom('auth_user').where('id', 'in', machine).execute()
		},
	}
}
