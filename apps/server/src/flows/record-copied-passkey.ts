import type { Problem } from '@postern/vocabulary'
import type { Accounts } from '../accounts/accounts.ts'
import { PasskeyCopied } from '../accounts/passkey-copied.ts'
import type { StoreFunctions } from '../store/store.ts'
import { recordAccountEvent, visitor } from './record-account-event.ts'

/** Records the one refusal of a passkey that its owner should look at; every other is nobody's news. */
export async function recordCopiedPasskey(
	{ cause }: Problem,
	requestId: string,
	{ accounts, store }: { accounts: Accounts; store: StoreFunctions },
): Promise<void> {
	const account = cause instanceof PasskeyCopied ? await accounts.find(cause.accountId) : undefined
	if (!account || !(cause instanceof PasskeyCopied)) return
	const params = { name: cause.passkeyName }
	const event = { event: 'account.passkey-counter-regressed', actor: visitor, account, params, requestId } as const
	await recordAccountEvent(event, store)
}
