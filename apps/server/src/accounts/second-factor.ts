import { fail, ok, type Result, type Secret } from '@postern/vocabulary'
import type { Accounts, SignInOutcome, Visit } from './accounts.ts'
import type { AccountPorts } from './account-ports.ts'
import { callLibrary } from './library-calls.ts'
import { readCookie } from './read-cookie.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import type { ProofKind } from './proof-kinds.ts'
import { keepProof } from './session-proof.ts'
import { secondFactorLimits } from './sign-in-limits.ts'
import { startAnew } from './sign-in.ts'
import { findTotpStep } from './totp.ts'

/** No code looks like this: what is known to be wrong still counts as a failure with the library. */
const noCode = 'wrong'

/** The second step of a sign-in. The first one left a cookie, which names it; a session that is there does not matter. */
export function secondFactorOn(ports: AccountPorts): Pick<Accounts, 'finishSignIn'> {
	return {
		finishSignIn: (visit, { kind, code }) =>
			takeSecondStep(ports, visit, (firstStep, accountId) =>
				kind === 'totp'
					? finishWithTotp(ports, firstStep, { accountId, code })
					: finishWithRecoveryCode(ports, firstStep, { accountId, code }),
			),
	}
}

/**
 * Counts an attempt at the second step; `finish` judges it, and ends the first step. Fails with what that does, and with
 * `account/session-required` (there is no first step), `account/throttled`.
 */
export async function takeSecondStep(
	ports: AccountPorts,
	visit: Visit,
	finish: (firstStep: Visit, accountId: string) => Promise<Result<void>>,
): Promise<SignInOutcome> {
	const { store, throttle, devices } = ports
	const step = await findSignIn(ports, visit)
	const account = step && (await store.accountRows.find(step.accountId))
	if (step === undefined || account === undefined)
		return { result: fail('account/session-required'), account: undefined }
	const device = devices.find(visit.headers, account.id)
	const attempt = throttle.admit(secondFactorLimits(account.id, device))
	if (!attempt.ok) return { result: attempt, account }
	const firstStep = { ...visit, headers: new Headers({ cookie: step.cookie }) }
	const result = await finish(firstStep, account.id)
	if (!result.ok) return { result, account }
	attempt.value.succeeded()
	await startAnew(ports, visit, account.id)
	return { result: ok('signed-in'), account }
}

/** Finds whose first step this was. The library checks the cookie's signature; here it is only looked up. */
export async function findSignIn(
	{ library, now }: AccountPorts,
	visit: Visit,
): Promise<{ readonly accountId: string; readonly cookie: string } | undefined> {
	const name = library.secondStepCookie
	const value = readCookie(visit.headers, name)
	if (value === undefined) return undefined
	const identifier = value.split('.')[0] ?? ''
	const found = await library.findVerification(identifier)
	if (!found || found.expiresAt <= now()) return undefined
	return { accountId: found.value, cookie: `${name}=${value}` }
}

type Code = { readonly accountId: string; readonly code: Secret }

/** Shows the library the code if it may still be used: each code of the app works once (RFC 6238 §5.2). */
async function finishWithTotp(ports: AccountPorts, visit: Visit, { accountId, code }: Code): Promise<Result<void>> {
	// An account whose second factor is a passkey answers like one whose code was wrong.
	const row = await findTwoFactorRow(ports, accountId)
	if (row === null || row.verified === false) return fail('account/second-factor-wrong')
	const typed = code.reveal()
	const body = { code: (await claimTotpCode(ports, accountId, typed)) ? typed.replaceAll(/\s/g, '') : noCode }
	const verified = await callLibrary(visit, (headers) =>
		ports.library.api.verifyTOTP({ body, headers, returnHeaders: true }),
	)
	if (!verified.ok) return verified
	await keepProof(ports, verified.value.token, { at: ports.now(), by: 'second-factor' })
	return ok()
}

async function finishWithRecoveryCode(ports: AccountPorts, visit: Visit, typed: Code): Promise<Result<void>> {
	const isRight = await ports.store.recoveryCodes.use(typed.accountId, hashRecoveryCode(typed.code.reveal()))
	return isRight ? finishFirstStep(ports, visit, typed.accountId, 'second-factor') : fail('account/second-factor-wrong')
}

/** Fails with `account/session-required` if the first step was used meanwhile, or is not this account's. */
export async function finishFirstStep(
	{ library, now }: AccountPorts,
	visit: Visit,
	accountId: string,
	provenBy: ProofKind,
): Promise<Result<void>> {
	const body = { accountId, provenAt: now(), provenBy }
	const finished = await callLibrary(visit, (headers) =>
		library.api.finishFirstStep({ body, headers, returnHeaders: true }),
	)
	return finished.ok ? ok() : finished
}

/** Whether it is the right code now, or just before or after, and was not used before. Then it is used. */
export async function claimTotpCode(ports: AccountPorts, accountId: string, code: string): Promise<boolean> {
	const row = await findTwoFactorRow(ports, accountId)
	if (!row) return false
	const seed = Buffer.from(await ports.library.decrypt(row.secret))
	const step = findTotpStep({ seed, code }, ports.now())
	return step !== undefined && ports.store.accountRows.useTotpStep(accountId, step)
}

export type TwoFactorRow = {
	readonly id: string
	readonly secret: string
	readonly verified?: boolean | null | undefined
}

export function findTwoFactorRow({ library }: AccountPorts, accountId: string): Promise<TwoFactorRow | null> {
	return library.adapter.findOne<TwoFactorRow>({ model: 'twoFactor', where: [{ field: 'userId', value: accountId }] })
}

/** For a code typed by somebody who is signed in. Fails with `account/second-factor-wrong` or `account/throttled`. */
export async function checkTypedCode(
	ports: AccountPorts,
	accountId: string,
	isRight: () => Promise<boolean>,
): Promise<Result<void>> {
	const attempt = ports.throttle.admit(secondFactorLimits(accountId, undefined))
	if (!attempt.ok) return attempt
	if (!(await isRight())) return fail('account/second-factor-wrong')
	attempt.value.succeeded()
	return ok()
}
