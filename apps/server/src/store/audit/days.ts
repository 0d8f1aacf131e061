const dayMs = 24 * 60 * 60_000

/** Days since 1970-01-01 (UTC). */
export function dayOf(at: number): number {
	return Math.floor(at / dayMs)
}

/** `2026-11-22` */
export function dateOf(day: number): string {
	return new Date(day * dayMs).toISOString().slice(0, 10)
}
