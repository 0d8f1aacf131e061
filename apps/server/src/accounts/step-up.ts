import { fail, ok, type Result, type Secret } from '@postern/vocabulary'
import type { Accounts, ProofMethod, ProofState, SignedInAccount, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { hasApp } from './change-second-factor.ts'
import { confirmPassword } from './confirm-password.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import { checkTypedCode, claimTotpCode, findSignIn } from './second-factor.ts'
import { freshProofSeconds } from './session-life.ts'
import { findProof, renewSession } from './session-proof.ts'

type StepUpFunctions = Pick<Accounts, 'readProof' | 'requireFreshProof' | 'stepUp' | 'findSecondStep'>

/** Proving again who one is, within a session. */
export function stepUpOn(ports: AccountPorts): StepUpFunctions {
	return {
		readProof: (who) => readProofState(ports, who),
		requireFreshProof: (who) => requireFreshProof(ports, who),

		async findSecondStep(visit) {
			const step = await findSignIn(ports, visit)
			return step ? ok(await proofMethodsOf(ports, step.accountId)) : fail('account/session-required')
		},

		async stepUp(visit, who, { kind, code }) {
			const methods = await proofMethodsOf(ports, who.accountId)
			if (!methods.includes(kind)) return fail('account/step-up-required')
			const proven = await prove(ports, visit, { accountId: who.accountId, kind, code })
			if (!proven.ok) return proven
			const by = kind === 'password' ? 'password' : 'second-factor'
			return renewSession(ports, visit, { who, proof: { at: ports.now(), by } })
		},
	}
}

/** For what a forgotten session must not do. Fails with `account/step-up-required`. */
export async function requireFreshProof(ports: AccountPorts, who: SignedInAccount): Promise<Result<void>> {
	const { freshUntil } = await readProofState(ports, who)
	return freshUntil === undefined ? fail('account/step-up-required') : ok()
}

/** A proof is fresh for ten minutes, and only if it is by the strongest that the account has. */
async function readProofState(ports: AccountPorts, { accountId, sessionId }: SignedInAccount): Promise<ProofState> {
	const methods = await proofMethodsOf(ports, accountId)
	const proof = await findProof(ports, sessionId)
	if (proof === undefined || (proof.by === 'password' && !methods.includes('password')))
		return { methods, freshUntil: undefined }
	const until = new Date(proof.at.getTime() + freshProofSeconds * 1000)
	return { methods, freshUntil: until > ports.now() ? until : undefined }
}

/** What proves an account, the strongest first: with a second factor the password alone does not. */
async function proofMethodsOf(ports: AccountPorts, accountId: string): Promise<readonly ProofMethod[]> {
	const { accountRows, passkeys, recoveryCodes } = ports.store
	if ((await accountRows.find(accountId))?.hasSecondFactor !== true) return ['password']
	const has = {
		passkey: (await passkeys.list(accountId)).length > 0,
		totp: await hasApp(ports, accountId),
		'recovery-code': await recoveryCodes.areThere(accountId),
	}
	return (['passkey', 'totp', 'recovery-code'] as const).filter((method) => has[method])
}

type Typed = { readonly accountId: string; readonly kind: 'password' | 'totp' | 'recovery-code'; readonly code: Secret }

function prove(ports: AccountPorts, visit: Visit, { accountId, kind, code }: Typed): Promise<Result<void>> {
	if (kind === 'password') return confirmPassword(ports, visit, { accountId, password: code })
	return checkTypedCode(ports, accountId, () =>
		kind === 'totp'
			? claimTotpCode(ports, accountId, code.reveal())
			: ports.store.recoveryCodes.use(accountId, hashRecoveryCode(code.reveal())),
	)
}
