import type { Result } from '@postern/vocabulary'
import type { Accounts, PasskeyAssertion, SignedInAccount, TypedProof, Visit } from '../accounts/accounts.ts'
import type { StoreFunctions } from '../store/store.ts'
import { actorOf } from '../store/audit.ts'
import { recordAccountEvent } from './record-account-event.ts'
import { recordCopiedPasskey } from './record-copied-passkey.ts'

export type StepUpPorts = { readonly accounts: Accounts; readonly store: StoreFunctions }

type StepUpVisit = Visit & { readonly requestId: string }

/**
 * Proves again who somebody is, and records it; the session goes on under a new id, which the result names. Fails with
 * `account/step-up-required`, `account/credentials-wrong`, `account/second-factor-wrong`, `account/throttled`.
 */
export async function stepUp(
	visit: StepUpVisit,
	who: SignedInAccount,
	typed: TypedProof,
	{ accounts, store }: StepUpPorts,
): Promise<Result<SignedInAccount>> {
	const proven = await accounts.stepUp(visit, who, typed)
	if (proven.ok) await recordStepUp(visit, who, { factor: typed.kind, store })
	return proven
}

/** The same with a passkey. Fails with `account/passkey-refused`, `account/passkey-unavailable`, `account/throttled`. */
export async function stepUpWithPasskey(
	visit: StepUpVisit,
	who: SignedInAccount,
	answer: PasskeyAssertion,
	{ accounts, store }: StepUpPorts,
): Promise<Result<SignedInAccount>> {
	const proven = await accounts.stepUpWithPasskey(visit, who, answer)
	if (proven.ok) await recordStepUp(visit, who, { factor: 'passkey', store })
	else await recordCopiedPasskey(proven.problem, visit.requestId, { accounts, store })
	return proven
}

async function recordStepUp(
	{ requestId }: StepUpVisit,
	who: SignedInAccount,
	{ factor, store }: { factor: string; store: StoreFunctions },
): Promise<void> {
	const account = { id: who.accountId, username: who.username }
	const event = {
		event: 'account.stepped-up',
		actor: actorOf(who),
		account,
		params: { factor },
		requestId,
	} as const
	await recordAccountEvent(event, store)
}
