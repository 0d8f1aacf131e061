import { setTimeout as delay } from 'node:timers/promises'
import type { AskSite } from '@postern/vocabulary'

export type OwnTime = {
	readonly ask: AskSite
	/** Patience that a site asked for is its time, not ours. */
	readonly wait: (ms: number) => Promise<void>
	readonly read: () => { readonly elapsedMs: number; readonly ownMs: number }
}

/** Counts the time in which no request is under way and nothing is waited for: what we ourselves take for an attempt. */
export function measureOwnTime(ask: AskSite, now: () => number = () => performance.now()): OwnTime {
	const startedAt = now()
	let underWay = 0
	let idleSince = startedAt
	let ownMs = 0
	const during = async <Value>(begin: () => Promise<Value>): Promise<Value> => {
		if (underWay === 0) ownMs += now() - idleSince
		underWay += 1
		try {
			return await begin()
		} finally {
			underWay -= 1
			if (underWay === 0) idleSince = now()
		}
	}
	const read = () => {
		const endedAt = now()
		return { elapsedMs: endedAt - startedAt, ownMs: underWay === 0 ? ownMs + endedAt - idleSince : ownMs }
	}
	return { ask: (request) => during(() => ask(request)), wait: (ms) => during(() => delay(ms)), read }
}
