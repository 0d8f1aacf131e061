import type { ProblemDocument } from '@postern/api/contract'
import type { ProblemCode } from '@postern/vocabulary'

/** The problems that come with a time to wait: `seconds` from when they arose, or `retryAt`, which may be empty. */
const told: Partial<Record<ProblemCode, 'seconds' | 'retryAt'>> = {
	'site/rate-limited': 'seconds',
	'site/maintenance': 'retryAt',
	'site-credential/locked-out': 'retryAt',
	'connector/rotating': 'seconds',
	'account/throttled': 'seconds',
	'request/throttled': 'seconds',
}

/** When it may be tried again, in milliseconds since 1970; undefined where nobody named a time. */
export function waitUntil({ code, params }: Pick<ProblemDocument, 'code' | 'params'>, aroseAt: number) {
	const name = told[code]
	const value = name === undefined ? undefined : params[name]
	if (name === 'seconds') return typeof value === 'number' && value > 0 ? aroseAt + value * 1_000 : undefined
	const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
	return Number.isNaN(at) ? undefined : at
}

const seen = new WeakMap<object, number>()

/** When this page first had the problem in its hands: leaving a screen and coming back does not begin the wait anew. */
export function firstSeen(problem: ProblemDocument, now = Date.now()): number {
	const before = seen.get(problem)
	if (before !== undefined) return before
	seen.set(problem, now)
	return now
}
