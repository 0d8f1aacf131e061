import { fail, ok, type Result } from '@postern/vocabulary'
import type { Accounts, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { callLibrary } from './library-calls.ts'
import { askForPasskey, checkAssertion } from './passkey-questions.ts'
import { findSignIn, finishFirstStep, takeSecondStep } from './second-factor.ts'
import { renewSession } from './session-proof.ts'
import { passkeyLimits, secondFactorLimits } from './sign-in-limits.ts'
import { startAnew } from './sign-in.ts'

type PasskeySignInFunctions = Pick<
	Accounts,
	| 'startPasskeySignIn'
	| 'signInWithPasskey'
	| 'startPasskeySecondStep'
	| 'finishSignInWithPasskey'
	| 'startPasskeyStepUp'
	| 'stepUpWithPasskey'
>

/** Passkeys instead of a password, after it, and as a proof within a session. */
export function passkeySignInOn(ports: AccountPorts): PasskeySignInFunctions {
	const { store, throttle } = ports
	return {
		startPasskeySignIn: (visit) => askForPasskey(ports, visit, { purpose: 'sign-in' }),

		async signInWithPasskey(visit, answer) {
			const attempt = throttle.admit(passkeyLimits(visit.ip))
			if (!attempt.ok) return { result: attempt, account: undefined }
			const checked = await checkAssertion(ports, visit, { question: { purpose: 'sign-in' }, answer })
			const account = checked.ok ? await store.accountRows.find(checked.value.accountId) : undefined
			if (!checked.ok) return { result: checked, account }
			if (!account) return { result: fail('account/passkey-refused'), account }
			const begun = await beginSession(ports, visit, account.id)
			if (!begun.ok) return { result: begun, account }
			attempt.value.succeeded()
			await startAnew(ports, visit, account.id)
			return { result: ok('signed-in'), account }
		},

		async startPasskeySecondStep(visit) {
			const step = await findSignIn(ports, visit)
			if (!step) return fail('account/session-required')
			return askForPasskey(ports, visit, { purpose: 'second-step', accountId: step.accountId })
		},

		finishSignInWithPasskey: (visit, answer) =>
			takeSecondStep(ports, visit, async (firstStep, accountId) => {
				const question = { purpose: 'second-step', accountId } as const
				const checked = await checkAssertion(ports, visit, { question, answer })
				return checked.ok ? finishFirstStep(ports, firstStep, accountId, 'passkey') : checked
			}),

		startPasskeyStepUp: (visit, { accountId, sessionId }) =>
			askForPasskey(ports, visit, { purpose: 'step-up', accountId, sessionId }),

		async stepUpWithPasskey(visit, who, answer) {
			const { accountId, sessionId } = who
			const attempt = throttle.admit(secondFactorLimits(accountId, undefined))
			if (!attempt.ok) return attempt
			const question = { purpose: 'step-up', accountId, sessionId } as const
			const checked = await checkAssertion(ports, visit, { question, answer })
			if (!checked.ok) return checked
			attempt.value.succeeded()
			return renewSession(ports, visit, { who, proof: { at: ports.now(), by: 'passkey' } })
		},
	}
}

async function beginSession({ library, now }: AccountPorts, visit: Visit, accountId: string): Promise<Result<void>> {
	const body = { accountId, provenAt: now(), provenBy: 'passkey' as const }
	const begun = await callLibrary(visit, (headers) => library.api.beginSession({ body, headers, returnHeaders: true }))
	return begun.ok ? ok() : begun
}
