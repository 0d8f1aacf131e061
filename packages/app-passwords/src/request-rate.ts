import { createBoundedMap } from './bounded-map.ts'

const windowMs = 60_000
const keptPasswords = 100_000

/** Counts the requests of passwords that have a limit of their own. Gives how long to wait; 0: go on. */
export function createRequestRate(): (uuid: string, perMinute: number, now: number) => number {
	const windows = createBoundedMap<{ readonly start: number; readonly count: number }>(keptPasswords)
	return (uuid, perMinute, now) => {
		const known = windows.get(uuid)
		const window = known === undefined || now - known.start >= windowMs ? { start: now, count: 0 } : known
		if (window.count >= perMinute) return window.start + windowMs - now
		windows.set(uuid, { start: window.start, count: window.count + 1 })
		return 0
	}
}
