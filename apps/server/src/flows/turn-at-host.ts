import { setTimeout as delay } from 'node:timers/promises'
import type { Store } from '../store/store.ts'

/** Many sites of one host share a machine. */
export const perHost = 2
/** Longer than a look takes. */
const leaseMs = 180_000
const lookEveryMs = 250

/**
 * Does what somebody waits for when it is its turn at a host: it counts among the checks by the clock on all nodes. One node alone
 * counts by itself, in the prober. Throws on `signal`.
 */
export async function turnAtHost<T>(
	host: string,
	{ store, signal }: { readonly store: Pick<Store, 'type' | 'jobs'>; readonly signal: AbortSignal },
	work: () => Promise<T>,
): Promise<T> {
	if (store.type === 'sqlite') return work()
	const ticket = await store.jobs.lineUp(host, { leaseMs })
	try {
		while (!(await store.jobs.isNext(ticket, { perLane: perHost, leaseMs }))) await delay(lookEveryMs, null, { signal })
		return await work()
	} finally {
		await store.jobs.leave(ticket)
	}
}
