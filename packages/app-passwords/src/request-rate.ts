import { createBoundedMap } from './bounded-map.ts'

const windowMs = 60_000
/** Requests of one second are kept as one, so that a high limit needs no more room than sixty numbers. */
const togetherMs = 1_000

type Burst = { readonly at: number; readonly count: number }

/**
 * Counts what has a limit of its own, such as the requests of a password, for the last `keptKeys` of them. Gives how long to
 * wait; 0: go on. The minute slides: within any sixty seconds, to the second, no more than `perMinute` go on.
 */
export function createRequestRate(keptKeys: number): (key: string, perMinute: number, now: number) => number {
	const all = createBoundedMap<readonly Burst[]>(keptKeys)
	return (key, perMinute, now) => {
		const bursts = (all.get(key) ?? []).filter(({ at }) => now - at < windowMs)
		const [oldest] = bursts
		if (oldest !== undefined && sum(bursts) >= perMinute) return oldest.at + windowMs - now
		all.set(key, withOneMore(bursts, now))
		return 0
	}
}

function sum(bursts: readonly Burst[]): number {
	return bursts.reduce((total, { count }) => total + count, 0)
}

function withOneMore(bursts: readonly Burst[], now: number): readonly Burst[] {
	const latest = bursts.at(-1)
	if (latest === undefined || now - latest.at >= togetherMs) return [...bursts, { at: now, count: 1 }]
	return [...bursts.slice(0, -1), { at: latest.at, count: latest.count + 1 }]
}
