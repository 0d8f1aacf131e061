import { hash } from 'node:crypto'
import { placeOf } from './addresses.ts'
import { createBoundedMap } from './bounded-map.ts'

const allowedFailures = 10
const windowMs = 60_000
const keptKeys = 100_000

type Failures = { readonly times: number[]; isTold: boolean }

/** Whom a login is about: the account once it is known, or else the name that was typed. */
export type Subject = { readonly name: string; readonly userId: number | undefined }

export type AttemptLimit = {
	/** How long an address has to wait before anything of it is judged; 0: not at all. */
	waitOf(address: string, now: number): number
	/** Whether this is the first refusal since the address ran out of attempts: one event is enough. */
	isFirstRefusal(address: string): boolean
	/** Whether an address failed within the last minute. */
	hasFailed(address: string, now: number): boolean
	/** How long the failures of an account or a name are answered with nothing but "too many"; 0: not at all. */
	waitOfSubject(subject: Subject, now: number): number
	/**
	 * Counts a failure. Gives how long it is answered so, because of its subject, or of its address: that may have run out of
	 * attempts while this one was on its way. 0: not yet.
	 */
	countFailure(address: string, subject: Subject, now: number): number
}

/**
 * Counts failed logins: ten within a minute from one place, or for one account by all its names, or for one name that nobody
 * has. A success gives nothing back. What a guess looks like does not matter: every spelling of a password counts for the same place and name.
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
		hasFailed(address, now) {
			const latest = failures.get(placeOf(address))?.times.at(-1)
			return latest !== undefined && now - latest < windowMs
		},
		waitOfSubject: (subject, now) => waitFor(keyOf(subject), now),
		countFailure(address, subject, now) {
			const [place, key] = [placeOf(address), keyOf(subject)]
			const [waitOfPlaceMs, waitOfKeyMs] = [waitFor(place, now), waitFor(key, now)]
			count(place, now)
			if (waitOfKeyMs === 0) count(key, now)
			return Math.max(waitOfPlaceMs, waitOfKeyMs)
		},
	}
}

/** A name is hashed, because people type passwords where the name belongs; and of one length, whatever was sent. */
function keyOf({ name, userId }: Subject): string {
	return userId === undefined ? hash('sha256', `name\0${name.trim().toLowerCase()}`, 'base64url') : `user\0${userId}`
}
