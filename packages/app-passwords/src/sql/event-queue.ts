import type { EventRow } from './event-row.ts'

const mostAtOnce = 1_000
const mostWaiting = 100_000

/** Writes events in the order they came, many at once, without anybody waiting for it. */
export function createEventQueue(
	insert: (events: readonly EventRow[]) => Promise<unknown>,
	onTrouble: (error: unknown) => void,
) {
	const waiting: EventRow[] = []
	let writing: Promise<void> | undefined
	const write = async () => {
		while (waiting.length > 0) {
			try {
				await insert(waiting.splice(0, mostAtOnce))
			} catch (error) {
				onTrouble(error)
			}
		}
		writing = undefined
	}
	return {
		add(event: EventRow): void {
			if (waiting.length >= mostWaiting) return onTrouble(new Error('An event was lost: too many wait to be written.'))
			waiting.push(event)
			writing ??= Promise.resolve().then(write)
		},
		/** Waits until all that was added is written. */
		flush: async () => writing,
	}
}
