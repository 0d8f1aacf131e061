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
	const addEnding = (of: Beginning, outcome: AccessOutcome): void =>
		queue.add({ kind: 'ending', at: now().getTime(), of, outcome, answer: undefined, id: undefined })
	const open = (entry: AccessEntry, wanted: Wanted): Beginning => {
		const beginning = new QueuedBeginning(entry, wanted, now().getTime(), addEnding)
		queue.add(beginning)
		return beginning
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

type AddEnding = (of: Beginning, outcome: AccessOutcome) => void

/** A class: thousands wait at a time, and a function for each would be another object. */
class QueuedBeginning implements Beginning {
	readonly kind = 'beginning'
	readonly at: number
	readonly entry: AccessEntry
	readonly budget: number | null
	readonly spends: number
	readonly answer: Beginning['answer']
	id: string | undefined
	isWritten = false
	outcome: AccessOutcome | undefined
	seq: number | undefined
	readonly #addEnding: AddEnding

	constructor(entry: AccessEntry, { budget, spends, answer }: Wanted, at: number, addEnding: AddEnding) {
		this.at = at
		this.entry = entry
		this.budget = budget
		this.spends = spends
		this.answer = answer
		this.#addEnding = addEnding
	}

	finish(outcome: AccessOutcome): void {
		if (this.outcome !== undefined) return
		this.outcome = outcome
		if (this.isWritten) this.#addEnding(this, outcome)
	}
}
