import { placeOf } from './addresses.ts'
import { createAttemptLimit, type Subject } from './attempt-limit.ts'
import { errorOf, refused } from './refusals.ts'
import { createRequestRate } from './request-rate.ts'
import type { Grants, Login, Outcome, PasswordStorage, User, WordPressError } from './types.ts'

/** Of one place and code, a minute: whoever fails more often fills no log. */
const mostEvents = 60
const keptPlaces = 10_000

/** One login on its way: when it came, and who it is about once that is known. */
export type Attempt<U extends User> = { readonly login: Login; readonly now: Date; readonly user?: U }

type Refused = Extract<Outcome<never>, { ok: false }>

export type Failures<U extends User> = {
	/** Answers a failure, and notes its one event; beyond sixty a minute of one place and code, none. */
	fail(attempt: Attempt<U>, error: WordPressError, withPassword?: string): Refused
	/** The same for what may be a guess: it counts, and a name that was guessed at too often hears nothing else. */
	failAsGuess(attempt: Attempt<U>, error: WordPressError): Refused
	/** Refuses an address that failed too often, before anything else of the login is looked at. */
	refuseAddress(attempt: Attempt<U>): Refused | undefined
	/** Whether this address failed lately, and the account or name was guessed at too often. */
	isGuessing(attempt: Attempt<U>): boolean
}

export function createFailures<U extends User, G extends Grants>(
	storage: Pick<PasswordStorage<U, G>, 'note'>,
): Failures<U> {
	const limit = createAttemptLimit()
	const waitOfEvent = createRequestRate(keptPlaces)
	const fail: Failures<U>['fail'] = ({ login: { ip, requestId }, now, user = null }, error, withPassword) => {
		if (waitOfEvent(`${placeOf(ip)} ${error.code}`, mostEvents, now.getTime()) > 0) return refused(error)
		const occasion = { by: null, withPassword: withPassword ?? null, ip, requestId }
		storage.note({ event: 'failed', at: now, user, password: null, code: error.code, occasion })
		return refused(error)
	}
	return {
		fail,
		failAsGuess(attempt, error) {
			const { login, now } = attempt
			const waitMs = limit.countFailure(login.ip, subjectOf(attempt), now.getTime())
			return fail(attempt, waitMs > 0 ? errorOf('too_many_attempts', waitMs) : error)
		},
		refuseAddress(attempt) {
			const waitMs = limit.waitOf(attempt.login.ip, attempt.now.getTime())
			if (waitMs === 0) return undefined
			const error = errorOf('too_many_attempts', waitMs)
			return limit.isFirstRefusal(attempt.login.ip) ? fail(attempt, error) : refused(error)
		},
		isGuessing(attempt) {
			const now = attempt.now.getTime()
			return limit.hasFailed(attempt.login.ip, now) && limit.waitOfSubject(subjectOf(attempt), now) > 0
		},
	}
}

function subjectOf<U extends User>({ login, user }: Attempt<U>): Subject {
	return { name: login.userId, userId: user?.id }
}
