import type { Result } from '@postern/vocabulary'
import type { Accounts, SignedInAccount, TypedProof, Visit } from '../accounts/accounts.ts'
import type { StoreFunctions } from '../store/store.ts'
import { memberActor, recordAccountEvent } from './record-account-event.ts'

export type StepUpPorts = { readonly accounts: Accounts; readonly store: StoreFunctions }

/**
 * Proves again who somebody is, and records it; the session goes on under a new id, which the result names. Fails with
 * `account/step-up-required`, `account/credentials-wrong`, `account/second-factor-wrong`, `account/throttled`.
 */
export async function stepUp(
	visit: Visit & { readonly requestId: string },
	who: SignedInAccount,
	typed: TypedProof,
	{ accounts, store }: StepUpPorts,
): Promise<Result<SignedInAccount>> {
	const proven = await accounts.stepUp(visit, who, typed)
	if (proven.ok) await recordStepUp(who, { factor: typed.kind, requestId: visit.requestId }, store)
	return proven
}

export async function recordStepUp(
	who: SignedInAccount,
	{ factor, requestId }: { factor: string; requestId: string },
	store: StoreFunctions,
): Promise<void> {
	const account = { id: who.accountId, username: who.username }
	const params = { factor }
	await recordAccountEvent({ event: 'account.stepped-up', actor: memberActor(who), account, params, requestId }, store)
}
