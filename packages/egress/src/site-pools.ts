import { type buildConnector, Pool } from 'undici'

type Kept = {
	readonly pool: Pool
	readonly origin: string
	readonly pin: string | undefined
	readonly openedAt: number
	usedAt: number
}

export type SitePools = {
	/** The connections of this key to this origin, whose certificate has this pin. */
	get(key: string, origin: string, pin?: string): Pool
	close(): Promise<void>
}

/** More than are ever asked for at once: one that has just answered is not free before its turn of the loop is over. */
const connectionsPerPool = 24
const idleMs = 4_000
/**
 * A checked address counts no longer than this, however often the connection is used: then all connections are made anew. undici's
 * own limit looks at the clock for every connection, twice for every request.
 */
const maxConnectionAgeMs = 30_000
const answerMs = 30_000
const evictAfterMs = 60_000

/** Keeps connections to sites apart by key, and forgets those that nobody uses. */
export function createSitePools(
	connectorOf: (pin: string | undefined) => buildConnector.connector,
	maxHeaderSize: number,
	clock: () => number = () => performance.now(),
): SitePools {
	const kept = new Map<string, Kept>()
	/** Those whose last answers are still on their way. */
	const leaving = new Set<Pool>()
	const leave = (key: string, { pool }: Kept): void => {
		kept.delete(key)
		leaving.add(pool)
		void pool.close().finally(() => leaving.delete(pool))
	}
	const evictIdle = (): void => {
		const before = clock() - evictAfterMs
		for (const [key, entry] of kept) if (entry.usedAt <= before && entry.pool.stats.size === 0) leave(key, entry)
	}
	const sweeper = setInterval(evictIdle, evictAfterMs / 4).unref()
	const open = (key: string, origin: string, pin: string | undefined): Kept => {
		const pool = new Pool(origin, {
			connect: connectorOf(pin),
			allowH2: false,
			connections: connectionsPerPool,
			pipelining: 1,
			keepAliveTimeout: idleMs,
			keepAliveMaxTimeout: maxConnectionAgeMs,
			maxHeaderSize,
			headersTimeout: answerMs,
			bodyTimeout: answerMs,
		})
		const opened = { pool, origin, pin, openedAt: clock(), usedAt: 0 }
		kept.set(key, opened)
		return opened
	}
	return {
		get(key, origin, pin) {
			const now = clock()
			let found = kept.get(key)
			if (found !== undefined && !(isFor(found, origin, pin) && now - found.openedAt < maxConnectionAgeMs)) {
				leave(key, found)
				found = undefined
			}
			found ??= open(key, origin, pin)
			found.usedAt = now
			return found.pool
		},
		async close() {
			clearInterval(sweeper)
			const pools = [...Array.from(kept.values(), ({ pool }) => pool), ...leaving]
			await Promise.all(pools.map((pool) => pool.destroy()))
			kept.clear()
		},
	}
}

function isFor(kept: Kept, origin: string, pin: string | undefined): boolean {
	return kept.origin === origin && kept.pin === pin
}
