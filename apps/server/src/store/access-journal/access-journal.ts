import type { Result } from '@postern/vocabulary'
import type { AccessOutcome } from '../audit/audit-entry.ts'
import type { AccessEntry, Beginning, OpenEntry } from './access-entry.ts'
import { AccessQueue, unavailable, type WriteAccess } from './access-queue.ts'

export type AccessJournal = {
	/**
	 * Queues what nobody has to wait for, a read or a refusal; it is written within a second. Undefined when the queue is full
	 * because the store does not take it: then the request is to be refused with `gateway/record-unavailable`.
	 */
	note(entry: AccessEntry): OpenEntry | undefined
	/**
	 * Keeps that a write is about to be sent, and counts it; `budget` is how many the password has on a day (UTC), `spends` how many
	 * of them it takes, all or none: one if not given. Fails with `gateway/writes-used-up` (kept as a refusal) and
	 * `gateway/record-unavailable`: then nothing may be sent.
	 */
	commit(entry: AccessEntry, budget: number | null, spends?: number): Promise<Result<OpenEntry>>
	/** Writes what waits, as far as the store takes it. */
	flush(): Promise<void>
}

type Ports = {
	readonly write: WriteAccess
	readonly now: () => Date
	/** How many may wait. */
	readonly capacity?: number
}

type Wanted = Pick<Beginning, 'budget' | 'spends' | 'answer'>

/** Nobody waits for it. */
const unasked: Wanted = { budget: null, spends: 0, answer: undefined }

const mostWaiting = 10_000

export function createAccessJournal({ write, now, capacity = mostWaiting }: Ports): AccessJournal {
	const queue = new AccessQueue(write)
	const open = (entry: AccessEntry, { budget, spends, answer }: Wanted): Beginning => {
		const beginning: Beginning = {
			kind: 'beginning',
			at: now().getTime(),
			entry,
			budget,
			spends,
			answer,
			id: undefined,
			isWritten: false,
			outcome: undefined,
			seq: undefined,
			finish: (outcome) => finish(beginning, outcome),
		}
		queue.add(beginning)
		return beginning
	}
	const finish = (beginning: Beginning, outcome: AccessOutcome) => {
		if (beginning.outcome !== undefined) return
		beginning.outcome = outcome
		if (!beginning.isWritten) return
		queue.add({ kind: 'ending', at: now().getTime(), of: beginning, outcome, answer: undefined, id: undefined })
	}
	return {
		note(entry) {
			if (entry.isWrite && entry.decision === 'permitted') throw new Error('a write has to be committed')
			return queue.size < capacity ? open(entry, unasked) : undefined
		},
		async commit(entry, budget, spends = 1) {
			if (queue.size >= capacity) return unavailable()
			return new Promise((resolve) => {
				open(entry, { budget, spends, answer: resolve })
			})
		},
		flush: () => queue.flush(),
	}
}
