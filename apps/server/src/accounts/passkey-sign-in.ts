import { fail, ok, type Result } from '@postern/vocabulary'
import type { Accounts, SignInState, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { callLibrary } from './library-calls.ts'
import { askForPasskey, checkAssertion } from './passkey-questions.ts'
import { findSignIn, finishFirstStep } from './second-factor.ts'
import { renewSession } from './session-proof.ts'
import { passkeyLimits, secondFactorLimits } from './sign-in-limits.ts'
import { endSessionsBefore } from './sign-in.ts'

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
	const { store, throttle, devices } = ports
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
			await endSessionsBefore(ports, visit, account.id)
			visit.cookies.push(devices.remember(visit.headers, account.id))
			return { result: ok<SignInState>('signed-in'), account }
		},

		async startPasskeySecondStep(visit) {
			const step = await findSignIn(ports, visit)
			if (!step) return fail('account/session-required')
			return askForPasskey(ports, visit, { purpose: 'second-step', accountId: step.accountId })
		},

		async finishSignInWithPasskey(visit, answer) {
			const step = await findSignIn(ports, visit)
			const account = step && (await store.accountRows.find(step.accountId))
			if (!step || !account) return { result: fail('account/session-required'), account: undefined }
			const device = devices.find(visit.headers, account.id)
			const attempt = throttle.admit(secondFactorLimits(account.id, device))
			if (!attempt.ok) return { result: attempt, account }
			const question = { purpose: 'second-step', accountId: account.id } as const
			const checked = await checkAssertion(ports, visit, { question, answer })
			if (!checked.ok) return { result: checked, account }
			const firstStep = { ...visit, headers: new Headers({ cookie: step.cookie }) }
			const finished = await finishFirstStep(ports, firstStep, account.id, 'passkey')
			if (!finished.ok) return { result: finished, account }
			attempt.value.succeeded()
			await endSessionsBefore(ports, visit, account.id)
			visit.cookies.push(devices.remember(visit.headers, account.id))
			return { result: ok<SignInState>('signed-in'), account }
		},

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
