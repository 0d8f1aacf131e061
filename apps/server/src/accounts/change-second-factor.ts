import { ok, type Result } from '@postern/vocabulary'
import type { SignedInAccount, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { forgetFirstSteps } from './forget-first-steps.ts'
import type { ProofKind } from './proof-kinds.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { findTwoFactorRow } from './second-factor.ts'
import { findProof, renewSession } from './session-proof.ts'

export type ChangedSecondFactor = {
	readonly who: SignedInAccount
	/** New ones, for an account that had none until now. */
	readonly recoveryCodes: readonly string[] | undefined
}

/**
 * Follows a change of what is a second factor: an authenticator app or a passkey makes the account have one, recovery codes
 * alone do not. All other sessions and sign-ins under way end, and this session goes on under a new id; `by` tells what was
 * just proven.
 */
export async function changeSecondFactor(
	ports: AccountPorts,
	visit: Visit,
	{ who, by }: { who: SignedInAccount; by?: ProofKind },
): Promise<Result<ChangedSecondFactor>> {
	const { accountId, sessionId } = who
	const { library, store, now } = ports
	const hasOne = (await hasApp(ports, accountId)) || (await store.passkeys.list(accountId)).length > 0
	await library.adapter.update({
		model: 'user',
		where: [{ field: 'id', value: accountId }],
		update: { twoFactorEnabled: hasOne },
	})
	if (!hasOne) await store.recoveryCodes.replace(accountId, [])
	const needsCodes = hasOne && !(await store.recoveryCodes.areThere(accountId))
	const recoveryCodes = needsCodes ? await keepNewRecoveryCodes(ports, accountId) : undefined
	await library.adapter.deleteMany({
		model: 'session',
		where: [
			{ field: 'userId', value: accountId },
			{ field: 'id', operator: 'ne', value: sessionId },
		],
	})
	await forgetFirstSteps(library.adapter, accountId)
	const before = await findProof(ports, sessionId)
	const proof = by === undefined ? before : { at: now(), by }
	const renewed = await renewSession(ports, visit, { who, proof: proof ?? { at: new Date(0), by: 'password' } })
	return renewed.ok ? ok({ who: renewed.value, recoveryCodes }) : renewed
}

/** Whether an authenticator app was added, and proven by a first code. */
export async function hasApp(ports: AccountPorts, accountId: string): Promise<boolean> {
	const row = await findTwoFactorRow(ports, accountId)
	return row !== null && row.verified !== false
}

export async function keepNewRecoveryCodes({ store }: AccountPorts, accountId: string): Promise<readonly string[]> {
	const codes = newRecoveryCodes()
	await store.recoveryCodes.replace(accountId, codes.map(hashRecoveryCode))
	return codes
}
