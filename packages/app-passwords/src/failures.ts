import { createAttemptLimit } from './attempt-limit.ts'
import { errorOf, refused } from './refusals.ts'
import type { Grants, Login, Outcome, PasswordStorage, User, WordPressError } from './types.ts'

/** One login on its way: when it came, and who it is about once that is known. */
export type Attempt<U extends User> = { readonly login: Login; readonly now: Date; readonly user?: U }

type Refused = Extract<Outcome<never>, { ok: false }>

export type Failures<U extends User> = {
	/** Answers a failure, and notes its one event. */
	fail(attempt: Attempt<U>, error: WordPressError, withPassword?: string): Refused
	/** The same for what may be a guess: it counts, and a name that was guessed at too often hears nothing else. */
	failAsGuess(attempt: Attempt<U>, error: WordPressError): Refused
	/** Refuses an address that failed too often, before anything else of the login is looked at. */
	refuseAddress(attempt: Attempt<U>): Refused | undefined
	/** Whether a name was guessed at too often. */
	isGuessedAt(attempt: Attempt<U>): boolean
}

export function createFailures<U extends User, G extends Grants>(
	storage: Pick<PasswordStorage<U, G>, 'note'>,
): Failures<U> {
	const limit = createAttemptLimit()
	const fail: Failures<U>['fail'] = ({ login: { ip, requestId }, now, user = null }, error, withPassword) => {
		const occasion = { by: null, withPassword: withPassword ?? null, ip, requestId }
		storage.note({ event: 'failed', at: now, user, password: null, code: error.code, occasion })
		return refused(error)
	}
	return {
		fail,
		failAsGuess(attempt, error) {
			const { login, now } = attempt
			const waitMs = limit.countFailure(login.ip, login.userId, now.getTime())
			return fail(attempt, waitMs > 0 ? errorOf('too_many_attempts', waitMs) : error)
		},
		refuseAddress(attempt) {
			const waitMs = limit.waitOf(attempt.login.ip, attempt.now.getTime())
			if (waitMs === 0) return undefined
			const error = errorOf('too_many_attempts', waitMs)
			return limit.isFirstRefusal(attempt.login.ip) ? fail(attempt, error) : refused(error)
		},
		isGuessedAt: ({ login, now }) => limit.waitOfName(login.userId, now.getTime()) > 0,
	}
}
