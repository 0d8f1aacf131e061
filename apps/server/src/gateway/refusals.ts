import type { WireAnswer, WordPressError } from '@postern/app-passwords'
import type { Problem } from '@postern/vocabulary'
import { wordPressProblem } from '../wire/wordpress-problem.ts'

const json = { 'content-type': 'application/json; charset=UTF-8' }

/** A refusal in WordPress' own words. */
export function refuseAsWordPress(error: WordPressError): WireAnswer {
	const { code, status, message } = error
	const body = JSON.stringify({ code, message, data: { status } })
	return { status, headers: { ...json, ...waitingFor(error) }, body }
}

/** A limit of the password is named; one of guesses is nobody's business. */
function waitingFor({ retryAfterSeconds, requestsPerMinute }: WordPressError): Readonly<Record<string, string>> {
	if (retryAfterSeconds === undefined) return {}
	if (requestsPerMinute === undefined) return { 'retry-after': String(retryAfterSeconds) }
	const policy = { 'ratelimit-policy': `"requests";q=${requestsPerMinute};w=60` }
	return { ...policy, ...usedUp('requests', retryAfterSeconds) }
}

export const notLoggedIn = refuseAsWordPress({
	code: 'rest_not_logged_in',
	status: 401,
	message: 'You are not currently logged in.',
})

/** One of our problems in WordPress' shape. */
export function refuseWith(problem: Pick<Problem, 'code' | 'params'>, now: Date): WireAnswer {
	const answer = wordPressProblem(problem)
	if (problem.code === 'request/method-not-allowed')
		return withHeaders(answer, { allow: String(problem.params['allow']) })
	if (problem.code !== 'gateway/writes-used-up') return answer
	const seconds = Math.ceil((dayMs - (now.getTime() % dayMs)) / 1_000)
	const policy = { 'ratelimit-policy': `"writes";q=${problem.params['limit']};w=86400` }
	return withHeaders(answer, { ...policy, ...usedUp('writes', seconds) })
}

const dayMs = 86_400_000

function withHeaders(answer: WireAnswer, headers: Readonly<Record<string, string>>): WireAnswer {
	const { 'Retry-After': _fixed, ...kept } = answer.headers
	return { ...answer, headers: { ...kept, ...headers } }
}

/** The fields of draft-ietf-httpapi-ratelimit-headers: nothing remains for so many seconds. */
function usedUp(policy: string, seconds: number): Readonly<Record<string, string>> {
	return { 'retry-after': String(seconds), ratelimit: `"${policy}";r=0;t=${seconds}` }
}
