import { readBasicCredentials } from '@postern/wordpress'
import { andThen } from '../maybe-promise.ts'
import type { Grants, MaybePromise, Occasion, User, WordPressError } from '../types.ts'
import type { Caller, Signed } from './caller.ts'
import type { HandlerOptions } from './options.ts'
import type { WireRequest } from './wire.ts'

export type CallerOutcome<U extends User, G extends Grants> =
	| { readonly ok: true; readonly caller: Caller<U, G> }
	| { readonly ok: false; readonly error: WordPressError }

const nobody = { ok: true, caller: { by: 'nobody' } } as const

/**
 * Finds out who asks. Basic credentials go first and decide alone, so that a cookie never stands in for a wrong password; a
 * header that is not well-formed Basic names nobody.
 */
export function findCaller<U extends User, G extends Grants>(
	request: WireRequest,
	options: HandlerOptions<U, G>,
): MaybePromise<CallerOutcome<U, G>> {
	const credentials = readBasicCredentials(request.header('authorization'))
	if (credentials.kind === 'absent') return findSession(request, options)
	if (credentials.kind === 'malformed') return nobody
	const { userId, password } = credentials
	const { ip, isTls, requestId } = request
	const proven = options.appPasswords.authenticate({ userId, password, ip, isTls, requestId })
	return andThen(proven, (outcome): CallerOutcome<U, G> => {
		if (outcome === undefined) return nobody
		if (!outcome.ok) return outcome
		return { ok: true, caller: { by: 'password', user: outcome.value.user, held: outcome.value } }
	})
}

function findSession<U extends User, G extends Grants>(
	request: WireRequest,
	{ otherAuthentication }: HandlerOptions<U, G>,
): MaybePromise<CallerOutcome<U, G>> {
	if (otherAuthentication === undefined) return nobody
	return andThen(otherAuthentication.findUser(request), (user): CallerOutcome<U, G> =>
		user === undefined ? nobody : { ok: true, caller: { by: 'session', user } },
	)
}

/** The occasion of a change, for the events. */
export function occasionOf<U extends User, G extends Grants>(caller: Signed<U, G>, request: WireRequest): Occasion<U> {
	const withPassword = caller.by === 'password' ? caller.held.password.uuid : null
	return { by: caller.user, withPassword, ip: request.ip, requestId: request.requestId }
}
