import { fail, ok, type ProblemCode, type Result } from '@postern/vocabulary'
import { APIError } from 'better-auth/api'
import { StoreTrouble } from '../store/store-trouble.ts'
import type { Visit } from './accounts.ts'
import { addressHeader } from './auth-library.ts'
import { TooManyHashes } from './password-hashes.ts'

/** What the library says, in our words. Anything else it says is a bug of ours. */
const problems: Readonly<Record<string, ProblemCode>> = {
	INVALID_USERNAME_OR_PASSWORD: 'account/credentials-wrong',
	INVALID_PASSWORD: 'account/credentials-wrong',
	// New passwords were judged before, so this is one that was typed to confirm.
	PASSWORD_TOO_LONG: 'account/credentials-wrong',
	INVALID_CODE: 'account/second-factor-wrong',
	INVALID_BACKUP_CODE: 'account/second-factor-wrong',
	INVALID_TWO_FACTOR_COOKIE: 'account/session-required',
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'account/session-required',
	ACCOUNT_TEMPORARILY_LOCKED: 'account/throttled',
	TOTP_ALREADY_ENABLED: 'account/two-factor-state',
	TOTP_NOT_ENABLED: 'account/two-factor-state',
	BACKUP_CODES_NOT_ENABLED: 'account/two-factor-state',
	TWO_FACTOR_NOT_ENABLED: 'account/two-factor-state',
}

type Answered<T> = { readonly headers: Headers; readonly response: T }

/** Calls of the library's functions as if by the visitor: what it answers becomes a `Result`, its cookies go along. */
export async function callLibrary<T>(
	visit: Visit,
	call: (headers: Headers) => Promise<Answered<T>>,
): Promise<Result<T>> {
	const answered = await asResult(() => call(headersOf(visit)))
	if (!answered.ok) return answered
	visit.cookies.push(...answered.value.headers.getSetCookie())
	return ok(answered.value.response)
}

/** Turns expected trouble that the library or the hashing threw into a `Result`. */
export async function asResult<T>(work: () => Promise<T>): Promise<Result<T>> {
	try {
		return ok(await work())
	} catch (error) {
		return failureOf(error)
	}
}

/** The library wraps what it did not expect; trouble of the store comes out as such. */
export async function unwrapTrouble<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work()
	} catch (error) {
		const cause = causeOf(error)
		throw cause instanceof StoreTrouble ? cause : error
	}
}

function causeOf(error: unknown): unknown {
	return error instanceof Error && error.cause !== undefined ? error.cause : error
}

function failureOf(error: unknown): Result<never> {
	const cause = causeOf(error)
	if (cause instanceof StoreTrouble) throw cause
	if (cause instanceof TooManyHashes) return fail('account/throttled', { params: { seconds: 1 }, cause })
	// A recovery code was used twice at the same moment.
	if (error instanceof APIError && error.status === 'CONFLICT') return fail('account/second-factor-wrong', { cause })
	const code = error instanceof APIError ? problems[String(error.body?.code)] : undefined
	if (code === undefined) throw error
	return fail(code, code === 'account/throttled' ? { params: { seconds: 60 } } : {})
}

function headersOf({ ip, userAgent, headers }: Visit): Headers {
	const passed = new Headers({ [addressHeader]: ip })
	const cookie = headers.get('cookie')
	if (cookie !== null) passed.set('cookie', cookie)
	if (userAgent !== undefined) passed.set('user-agent', userAgent)
	return passed
}
