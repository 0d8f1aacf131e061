import { fail, ok, type Result } from '@postern/vocabulary'

/** A token bucket, and how long to wait after repeated failures. */
export type LimitRule = {
	/** Checks that may be made at once. */
	readonly burst: number
	/** Checks that grow back in an hour; in no hour are there more than `burst + perHour`. */
	readonly perHour: number
	/** After this many failures in a row, wait 1 s, then 2, 4 … up to 30. */
	readonly backOffAfter?: number
}

export type Limited = { readonly key: string; readonly rule: LimitRule }

/** One admitted check. It counts as failed until told otherwise, so that many at once cannot slip through together. */
export type Attempt = {
	/** Gives the check back, and forgets the failures before it where there is a back-off. */
	succeeded(): void
	/** Gives the check back: it was not made. */
	cancelled(): void
}

export type Throttle = { admit(limits: readonly Limited[]): Result<Attempt> }

type Bucket = { tokens: number; filledAtMs: number; failures: number; blockedUntilMs: number }

const maxBackOffSeconds = 30
/** Failures in a row are forgotten after this long without another. */
const failureMemoryMs = 15 * 60_000
const hourMs = 3_600_000
/** Tokens that grew back in fractions may not add up to exactly one. */
const oneToken = 1 - 1e-6

/**
 * Limits attempts, in memory. Any number of keys may be asked for; the least recently used beyond `capacity` are
 * forgotten. Nothing is blocked for longer than its bucket needs to grow back: there is no permanent lock.
 */
export function createThrottle({ now, capacity = 100_000 }: { now: () => Date; capacity?: number }): Throttle {
	const buckets = new Map<string, Bucket>()
	const keep = (key: string, bucket: Bucket) => {
		buckets.delete(key)
		buckets.set(key, bucket)
		const oldest = buckets.size > capacity ? buckets.keys().next() : undefined
		if (oldest?.done === false) buckets.delete(oldest.value)
	}
	const bucketOf = ({ key, rule }: Limited, nowMs: number): Bucket => {
		const known = buckets.get(key)
		if (known) keep(key, known)
		const bucket = known ?? { tokens: rule.burst, filledAtMs: nowMs, failures: 0, blockedUntilMs: 0 }
		refill(bucket, rule, nowMs)
		return bucket
	}
	return {
		/** Fails with `account/throttled`, which says in how many seconds all of the limits allow another check. */
		admit(limits) {
			const nowMs = now().getTime()
			const held = limits.map((limited) => ({ ...limited, bucket: bucketOf(limited, nowMs) }))
			const waitMs = Math.max(0, ...held.map(({ rule, bucket }) => waitOf(bucket, rule, nowMs)))
			if (waitMs > 0) return fail('account/throttled', { params: { seconds: Math.ceil(waitMs / 1000) } })
			for (const { key, rule, bucket } of held) {
				// Only what was looked at is kept: a flood of new keys that one limit refuses must not push out the others.
				keep(key, bucket)
				take(bucket, rule, nowMs)
			}
			const giveBack = (forget: boolean) => {
				for (const { rule, bucket } of held.splice(0)) restore(bucket, rule, forget)
			}
			return ok({ succeeded: () => giveBack(true), cancelled: () => giveBack(false) })
		},
	}
}

function refill(bucket: Bucket, rule: LimitRule, nowMs: number): void {
	// A clock that was set back must not take tokens away.
	const elapsedMs = Math.max(0, nowMs - bucket.filledAtMs)
	bucket.tokens = Math.min(rule.burst, bucket.tokens + (elapsedMs * rule.perHour) / hourMs)
	if (elapsedMs > failureMemoryMs) bucket.failures = 0
	bucket.filledAtMs = nowMs
}

function waitOf(bucket: Bucket, rule: LimitRule, nowMs: number): number {
	const forToken = bucket.tokens >= oneToken ? 0 : ((oneToken - bucket.tokens) * hourMs) / rule.perHour
	// Neither may a clock that was set back prolong a wait.
	const forBackOff = Math.min(bucket.blockedUntilMs - nowMs, maxBackOffSeconds * 1000)
	return Math.max(forToken, forBackOff)
}

function take(bucket: Bucket, { backOffAfter }: LimitRule, nowMs: number): void {
	bucket.tokens -= 1
	if (backOffAfter === undefined) return
	bucket.failures = Math.min(bucket.failures + 1, backOffAfter + 10)
	const over = bucket.failures - backOffAfter
	if (over >= 0) bucket.blockedUntilMs = nowMs + Math.min(2 ** over, maxBackOffSeconds) * 1000
}

function restore(bucket: Bucket, rule: LimitRule, forget: boolean): void {
	bucket.tokens = Math.min(rule.burst, bucket.tokens + 1)
	if (rule.backOffAfter === undefined) return
	bucket.failures = forget ? 0 : Math.max(0, bucket.failures - 1)
	if (bucket.failures < rule.backOffAfter) bucket.blockedUntilMs = 0
}
