/** Longer waits are told as an hour: a site that says 99,999 seconds means "go away". */
const LONGEST = 3_600

/** Seconds until a `Retry-After` (RFC 9110 §10.2.3, seconds or a date) is over, an hour at most; undefined without one. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
	const value = headers.get('retry-after')?.trim()
	if (value === undefined || value === '') return undefined
	const seconds = /^\d{1,12}$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1_000
	return Number.isNaN(seconds) ? undefined : Math.min(LONGEST, Math.max(0, Math.ceil(seconds)))
}
