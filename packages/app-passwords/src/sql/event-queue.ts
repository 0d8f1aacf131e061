import { neverThrowing } from '../trouble.ts'
import type { EventRow } from './event-row.ts'

const mostAtOnce = 1_000
const mostWaiting = 100_000
/** Rows that cannot be written by themselves either: beyond them it is the database, and not the rows. */
const mostFailures = 10

/**
 * Writes events in the order they came, many at once, without anybody waiting for it. Those that cannot be written together are
 * tried one by one, so that a bad one is lost alone.
 */
export function createEventQueue(
	insert: (events: readonly EventRow[]) => Promise<unknown>,
	onTrouble: (error: unknown) => void,
) {
	const tell = neverThrowing(onTrouble)
	const waiting: EventRow[] = []
	let writing: Promise<void> | undefined
	const write = async () => {
		while (waiting.length > 0) await writeAll(waiting.splice(0, mostAtOnce), insert, tell)
		writing = undefined
	}
	return {
		add(event: EventRow): void {
			if (waiting.length >= mostWaiting) return tell(new Error('An event was lost: too many wait to be written.'))
			waiting.push(event)
			writing ??= Promise.resolve().then(write)
		},
		/** Waits until all that was added is written. */
		flush: async () => writing,
	}
}

async function writeAll(
	events: readonly EventRow[],
	insert: (events: readonly EventRow[]) => Promise<unknown>,
	tell: (error: unknown) => void,
): Promise<void> {
	try {
		await insert(events)
	} catch (error) {
		if (events.length === 1) tell(error)
		else await writeOneByOne(events, insert, tell)
	}
}

async function writeOneByOne(
	events: readonly EventRow[],
	insert: (events: readonly EventRow[]) => Promise<unknown>,
	tell: (error: unknown) => void,
): Promise<void> {
	let failures = 0
	for (const [index, event] of events.entries()) {
		try {
			await insert([event])
		} catch (error) {
			tell(error)
			failures += 1
			const left = events.length - index - 1
			if (failures === mostFailures && left > 0)
				return tell(new Error(`${left} events were lost, too.`, { cause: error }))
		}
	}
}
