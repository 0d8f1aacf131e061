import { readBoolean } from './dialect/dialect.ts'
import type { StoreHandle } from './handle.ts'
import type { AccountKind } from './schema.ts'

/** What can be known of an account without the account library. */
export type AccountRow = {
	readonly id: string
	/** As it was typed; case does not tell accounts apart. */
	readonly username: string
	readonly email: string
	readonly hasSecondFactor: boolean
	/** A machine signs in nowhere. */
	readonly kind: AccountKind
}

export type AccountRows = ReturnType<typeof accountRowsOn>

export function accountRowsOn({ db }: StoreHandle) {
	const accounts = () =>
		db
			.selectFrom('auth_user')
			.innerJoin('account_profile', 'account_profile.account_id', 'auth_user.id')
			.select(['id', 'username', 'displayUsername', 'email', 'twoFactorEnabled', 'kind'])
	return {
		async find(accountId: string): Promise<AccountRow | undefined> {
			const row = await accounts().where('id', '=', accountId).executeTakeFirst()
			return row && readAccount(row)
		},

		/** Finds by username or e-mail address, in lower case; no username has an `@`. */
		async findByName(name: string): Promise<AccountRow | undefined> {
			const column = name.includes('@') ? 'email' : 'username'
			const row = await accounts().where(column, '=', name).executeTakeFirst()
			return row && readAccount(row)
		},

		/** Notes that a code of this time step was used. Of any number of attempts with one step or an older one, one gives true. */
		async useTotpStep(accountId: string, step: number): Promise<boolean> {
			const row = await db
				.insertInto('second_factor_use')
				.values({ account_id: accountId, last_step: step })
				.onConflict((conflict) =>
					conflict
						.column('account_id')
						.doUpdateSet({ last_step: step })
						.where('second_factor_use.last_step', '<', step),
				)
				.returning('account_id')
				.executeTakeFirst()
			return row !== undefined
		},

		async forgetTotpSteps(accountId: string): Promise<void> {
			await db.deleteFrom('second_factor_use').where('account_id', '=', accountId).execute()
		},
	}
}

function readAccount(row: {
	id: string
	username: string | null
	displayUsername: string | null
	email: string
	twoFactorEnabled: boolean | number | null
	kind: AccountKind
}): AccountRow {
	return {
		id: row.id,
		username: row.displayUsername ?? row.username ?? row.email,
		email: row.email,
		hasSecondFactor: readBoolean(row.twoFactorEnabled),
		kind: row.kind,
	}
}
