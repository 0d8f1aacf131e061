import type { Me } from '@postern/api/contract'
import type { Accounts } from '../../accounts/accounts.ts'
import type { Store } from '../../store/store.ts'
import { fail, ok, type Result } from '@postern/vocabulary'

/** Fails with `account/session-required` for an account that is gone. */
export async function meDocument(accountId: string, accounts: Accounts, store: Store): Promise<Result<Me>> {
	const account = await accounts.find(accountId)
	if (!account) return fail('account/session-required')
	const memberships = await store.members.listMemberships(accountId)
	return ok({ account, memberships: memberships.map((membership) => ({ ...membership })) })
}
