const firstMs = 30_000
const longestMs = 3_600_000

/** How long to wait after that many attempts in a row: twice as long each time, from half a minute to an hour. */
export function backOffMs(attempts: number, random: () => number): number {
	return jittered(Math.min(longestMs, firstMs * 2 ** Math.min(attempts - 1, 20)), random)
}

/** A fifth more or less, so that what failed together does not come back together. */
function jittered(ms: number, random: () => number): number {
	return Math.round(ms * (0.8 + 0.4 * random()))
}
