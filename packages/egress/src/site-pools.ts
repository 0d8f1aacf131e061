import { type buildConnector, Pool } from 'undici'

type Kept = { readonly pool: Pool; readonly origin: string; usedAt: number }

export type SitePools = {
	/** The connections of this key to this origin. */
	get(key: string, origin: string): Pool
	close(): Promise<void>
}

/** More than are ever asked for at once: one that has just answered is not free before its turn of the loop is over. */
const connectionsPerPool = 24
const idleMs = 4_000
/** A checked address counts no longer than this, however often the connection is used. */
const maxConnectionAgeMs = 30_000
const answerMs = 30_000
const evictAfterMs = 60_000

/** Keeps connections to sites apart by key, and forgets those that nobody uses. */
export function createSitePools(connect: buildConnector.connector, maxHeaderSize: number): SitePools {
	const kept = new Map<string, Kept>()
	const sweeper = setInterval(() => evictIdle(kept), evictAfterMs / 4).unref()
	const open = (key: string, origin: string): Kept => {
		const pool = new Pool(origin, {
			connect,
			allowH2: false,
			connections: connectionsPerPool,
			pipelining: 1,
			keepAliveTimeout: idleMs,
			keepAliveMaxTimeout: maxConnectionAgeMs,
			clientTtl: maxConnectionAgeMs,
			maxHeaderSize,
			headersTimeout: answerMs,
			bodyTimeout: answerMs,
		})
		const opened = { pool, origin, usedAt: 0 }
		kept.set(key, opened)
		return opened
	}
	return {
		get(key, origin) {
			let found = kept.get(key)
			if (found !== undefined && found.origin !== origin) {
				void found.pool.close()
				found = undefined
			}
			found ??= open(key, origin)
			found.usedAt = performance.now()
			return found.pool
		},
		async close() {
			clearInterval(sweeper)
			await Promise.all(Array.from(kept.values(), ({ pool }) => pool.destroy()))
			kept.clear()
		},
	}
}

function evictIdle(kept: Map<string, Kept>): void {
	const before = performance.now() - evictAfterMs
	for (const [key, { pool, usedAt }] of kept) {
		if (usedAt > before || pool.stats.size > 0) continue
		kept.delete(key)
		void pool.close()
	}
}
