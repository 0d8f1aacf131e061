import { fail, ok, type Result } from '@postern/vocabulary'
import { foldName } from '../accounts/account-names.ts'
import { issueRecoveryLink } from '../flows/recover.ts'
import type { AuditActor } from '../store/audit.ts'
import type { Store } from '../store/store.ts'

const operator: AuditActor = { kind: 'operator', id: null, name: null }

export type OperatorLink = { readonly username: string; readonly link: string; readonly expiresAt: string }

/** Makes a recovery link for the account of that username or e-mail address. Fails with `request/not-found`. */
export async function recoverAccount(
	typed: string,
	{ store, origin, now }: { store: Store; origin: string; now: () => Date },
): Promise<Result<OperatorLink>> {
	const account = await store.accountRows.findByName(foldName(typed))
	// A machine has nothing to sign in with.
	if (account?.kind !== 'person') return fail('request/not-found')
	return store.transaction(async (transaction) => {
		const issue = { account, actor: operator, requestId: null }
		const { link, expiresAt } = await issueRecoveryLink(issue, { transaction, origin, now })
		return ok({ username: account.username, link, expiresAt: expiresAt.toISOString() })
	})
}
