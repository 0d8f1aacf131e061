import { setImmediate as nextTurn } from 'node:timers/promises'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { AccessOutcome } from '../audit/audit-entry.ts'
import type { AccessEntry, Beginning, Kept, OpenEntry, Waiting } from './access-entry.ts'

export type AccessJournal = {
	/**
	 * Queues what nobody has to wait for, a read or a refusal; it is written within a second. Undefined when the queue is full
	 * because the store does not take it: then the request is to be refused with `gateway/record-unavailable`.
	 */
	note(entry: AccessEntry): OpenEntry | undefined
	/**
	 * Keeps that a write is about to be sent, and counts it; `budget` is how many the password has on a day (UTC). Fails with
	 * `gateway/writes-used-up` (kept as a refusal) and `gateway/record-unavailable`: then nothing may be sent.
	 */
	commit(entry: AccessEntry, budget: number | null): Promise<Result<OpenEntry>>
	/** Writes what waits, as far as the store takes it. */
	flush(): Promise<void>
}

type Ports = {
	/** Keeps entries in one transaction, in their order. What it leaves out belongs to no workspace any more. */
	readonly write: (items: readonly Waiting[]) => Promise<ReadonlyMap<Waiting, Kept>>
	readonly now: () => Date
	/** How many may wait. */
	readonly capacity?: number
}

const gatherMs = 200
const mostWaiting = 10_000
/** In one transaction: on SQLite everybody waits for it. */
const chunkSize = 250

/** Gathers what is decided, in its order, and writes it together. Whoever waits for an entry has it written at once, with all before it. */
export function createAccessJournal({ write, now, capacity = mostWaiting }: Ports): AccessJournal {
	let queue: Waiting[] = []
	let awaited = 0
	let timer: NodeJS.Timeout | undefined
	let running: Promise<void> | undefined

	const schedule = () => {
		if (running === undefined) timer ??= setTimeout(start, gatherMs)
	}
	const start = (): Promise<void> => {
		clearTimeout(timer)
		timer = undefined
		return (running ??= run())
	}
	const run = async () => {
		await nextTurn() // whatever else arrives in this turn goes along
		let works = true
		do works = await writeWaiting()
		while (works && awaited > 0)
		running = undefined
		if (queue.length > 0) schedule()
	}
	const writeWaiting = async (): Promise<boolean> => {
		for (let left = queue.length; left > 0;) {
			const items = queue.slice(0, Math.min(left, chunkSize))
			if (!(await writeChunk(items))) return false
			queue.splice(0, items.length)
			left -= items.length
			if (left > 0) await nextTurn()
		}
		return true
	}
	const writeChunk = async (items: readonly Waiting[]): Promise<boolean> => {
		try {
			const kept = await write(items)
			for (const item of items) settle(item, kept.get(item))
			return true
		} catch (cause) {
			// Nobody waits for a store that may not come back; what nobody waits for is tried again.
			const given = new Set(items.filter(({ answer }) => answer !== undefined))
			queue = queue.filter((item) => !given.has(item))
			for (const item of given) answer(item, fail('gateway/record-unavailable', { cause }))
			return false
		}
	}
	const settle = (item: Waiting, kept: Kept | undefined) => {
		if (item.kind === 'ending') return
		item.seq = kept?.seq
		if (kept === undefined) return answer(item, fail('gateway/record-unavailable'))
		const limit = item.budget ?? 0
		answer(item, kept.isUsedUp ? fail('gateway/writes-used-up', { params: { limit } }) : ok(item))
	}
	const answer = (item: Waiting, result: Result<OpenEntry>) => {
		if (item.answer === undefined) return
		awaited -= 1
		item.answer(result)
	}
	const open = (entry: AccessEntry, budget: number | null, resolve: Beginning['answer']): Beginning => {
		const beginning: Beginning = {
			kind: 'beginning',
			at: now().getTime(),
			entry,
			budget,
			answer: resolve,
			id: undefined,
			outcome: undefined,
			seq: undefined,
			finish: (outcome) => finish(beginning, outcome),
		}
		queue.push(beginning)
		return beginning
	}
	const finished = new WeakSet<Beginning>()
	const finish = (beginning: Beginning, outcome: AccessOutcome) => {
		if (finished.has(beginning)) return
		finished.add(beginning)
		if (beginning.id === undefined) {
			beginning.outcome = outcome
			return
		}
		queue.push({ kind: 'ending', at: now().getTime(), of: beginning, outcome, answer: undefined, id: undefined })
		schedule()
	}
	return {
		note(entry) {
			if (entry.isWrite && entry.decision === 'permitted') throw new Error('a write has to be committed')
			if (queue.length >= capacity) return undefined
			const beginning = open(entry, null, undefined)
			schedule()
			return beginning
		},
		async commit(entry, budget) {
			if (queue.length >= capacity) return fail('gateway/record-unavailable')
			return new Promise((resolve) => {
				awaited += 1
				open(entry, budget, resolve)
				void start()
			})
		},
		async flush() {
			await running
			if (queue.length > 0) await start()
		},
	}
}
