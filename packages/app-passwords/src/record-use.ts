import { createBoundedMap } from './bounded-map.ts'
import { runAside } from './maybe-promise.ts'
import type { Grants, Held, PasswordStorage, User } from './types.ts'

const minuteMs = 60_000
const daySeconds = 86_400
const keptPasswords = 100_000
/** A password that hops between more addresses than these within a minute is written when the minute is over. */
const addressesPerMinute = 8

type Written = { readonly at: number; readonly addresses: readonly string[]; readonly lastUsed: number | null }

/**
 * Keeps when and from where a password was used: WordPress' own fields with the first use in each 24 hours (1.6 of its rules),
 * `seen` once a minute, and at once when the address is another. Never makes the answer wait.
 */
export function createUseRecorder<U extends User, G extends Grants>(
	storage: Pick<PasswordStorage<U, G>, 'change'>,
	onTrouble: (error: unknown) => void,
): (held: Held<U, G>, ip: string, at: Date) => void {
	// What was written last, because a storage may show it only after the next request was read.
	const latest = createBoundedMap<Written>(keptPasswords)
	return (held, ip, at) => {
		const { uuid } = held.password
		const known = latest.get(uuid)
		const now = at.getTime()
		const lastUsed = latestOf(held.password.lastUsed?.getTime() ?? null, known?.lastUsed ?? null)
		const movesLastUsed = lastUsed === null || seconds(lastUsed) + daySeconds <= seconds(now)
		if (!movesLastUsed && !isNews(known ?? fromRecord(held), ip, now)) return
		const isSameMinute = known !== undefined && now - known.at < minuteMs
		latest.set(uuid, {
			at: isSameMinute ? known.at : now,
			addresses: isSameMinute ? [...known.addresses, ip] : [ip],
			lastUsed: movesLastUsed ? now : lastUsed,
		})
		const failed = (error: unknown) => {
			latest.delete(uuid) // the next use tries again
			onTrouble(error)
		}
		const change = { kind: 'use', owner: held.user, uuid, at, ip, movesLastUsed } as const
		runAside(() => storage.change(change, () => []), failed)
	}
}

function isNews(written: Written | undefined, ip: string, now: number): boolean {
	if (written === undefined || now - written.at >= minuteMs) return true
	return !written.addresses.includes(ip) && written.addresses.length < addressesPerMinute
}

function fromRecord({ password: { seen } }: Held): Written | undefined {
	return seen === null ? undefined : { at: seen.at.getTime(), addresses: [seen.ip], lastUsed: null }
}

function latestOf(one: number | null, other: number | null): number | null {
	return one === null ? other : other === null ? one : Math.max(one, other)
}

/** WordPress counts in whole seconds. */
function seconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1_000)
}
