import { hash } from 'node:crypto'
import { placeOf } from './addresses.ts'
import { createBoundedMap } from './bounded-map.ts'

const allowedFailures = 10
const windowMs = 60_000
const keptKeys = 100_000

type Failures = { readonly times: number[]; isTold: boolean }

export type AttemptLimit = {
	/** How long an address has to wait before anything of it is judged; 0: not at all. */
	waitOf(address: string, now: number): number
	/** Whether this is the first refusal since the address ran out of attempts: one event is enough. */
	isFirstRefusal(address: string): boolean
	/** How long the failures of an account name are answered with nothing but "too many"; 0: not at all. */
	waitOfName(name: string, now: number): number
	/**
	 * Counts a failure. Gives how long it is answered so, because of its name, or of its address: that may have run out of
	 * attempts while this one was on its way. 0: not yet.
	 */
	countFailure(address: string, name: string, now: number): number
}

/**
 * Counts failed logins: ten within a minute from one place, or for one account name, whoever it belongs to. A success gives
 * nothing back. What a guess looks like does not matter: every spelling of a password counts for the same place and name.
 */
export function createAttemptLimit(): AttemptLimit {
	const failures = createBoundedMap<Failures>(keptKeys)
	const waitFor = (key: string, now: number) => {
		const times = failures.get(key)?.times
		const oldest = times?.at(-allowedFailures)
		return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - now)
	}
	const count = (key: string, now: number) => {
		const times = failures.get(key)?.times.slice(1 - allowedFailures) ?? []
		failures.set(key, { times: [...times, now], isTold: false })
	}
	return {
		// Nobody failed lately: no address has to be read.
		waitOf: (address, now) => (failures.size === 0 ? 0 : waitFor(placeOf(address), now)),
		isFirstRefusal(address) {
			const entry = failures.get(placeOf(address))
			if (entry === undefined || entry.isTold) return false
			entry.isTold = true
			return true
		},
		waitOfName: (name, now) => waitFor(keyOf(name), now),
		countFailure(address, name, now) {
			const [place, key] = [placeOf(address), keyOf(name)]
			const [waitOfPlaceMs, waitOfKeyMs] = [waitFor(place, now), waitFor(key, now)]
			count(place, now)
			if (waitOfKeyMs === 0) count(key, now)
			return Math.max(waitOfPlaceMs, waitOfKeyMs)
		},
	}
}

/** Hashed, because people type passwords where the name belongs; and of one length, whatever was sent. */
function keyOf(name: string): string {
	return hash('sha256', `name\0${name.trim().toLowerCase()}`, 'base64url')
}
