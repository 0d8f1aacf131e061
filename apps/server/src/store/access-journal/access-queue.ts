import { setImmediate as nextTurn } from 'node:timers/promises'
import { fail, ok, type Failure } from '@postern/vocabulary'
import type { Kept, Waiting } from './access-entry.ts'

/** Keeps entries in one transaction, in their order. What it leaves out belongs to no workspace any more. */
export type WriteAccess = (items: readonly Waiting[]) => Promise<ReadonlyMap<Waiting, Kept>>

const gatherMs = 200
/** In one transaction: on SQLite everybody waits for it. */
const chunkSize = 400

/**
 * Entries in the order in which they were decided, written together: after a moment, or at once when somebody waits. What nobody
 * waits for stays until the store takes it; who waits is told that it does not.
 */
export class AccessQueue {
	readonly #write: WriteAccess
	#waiting: Waiting[] = []
	#timer: NodeJS.Timeout | undefined
	#running: Promise<void> | undefined

	constructor(write: WriteAccess) {
		this.#write = write
	}

	get size(): number {
		return this.#waiting.length
	}

	add(item: Waiting): void {
		this.#waiting.push(item)
		if (item.answer === undefined) this.#writeSoon()
		else void this.#writeNow()
	}

	async flush(): Promise<void> {
		await this.#running
		if (this.#waiting.length > 0) await this.#writeNow()
	}

	#writeSoon(): void {
		if (this.#running === undefined) this.#timer ??= setTimeout(() => void this.#writeNow(), gatherMs)
	}

	#writeNow(): Promise<void> {
		clearTimeout(this.#timer)
		this.#timer = undefined
		return (this.#running ??= this.#run())
	}

	async #run(): Promise<void> {
		await nextTurn() // whatever else arrives in this turn goes along
		let works = await this.#writeAll()
		while (works && this.#waiting.some(isAwaited)) works = await this.#writeAll()
		this.#running = undefined
		if (this.#waiting.length > 0) this.#writeSoon()
	}

	/** All that waits when it begins. False: the store does not take it. */
	async #writeAll(): Promise<boolean> {
		for (let left = this.#waiting.length; left > 0;) {
			const items = this.#waiting.slice(0, Math.min(left, chunkSize))
			if (!(await this.#writeChunk(items))) return false
			this.#waiting.splice(0, items.length)
			left -= items.length
			if (left > 0) await nextTurn()
		}
		return true
	}

	async #writeChunk(items: readonly Waiting[]): Promise<boolean> {
		try {
			const kept = await this.#write(items)
			for (const item of items) tell(item, kept.get(item))
			return true
		} catch (cause) {
			// Also those further behind: they would have to wait for what failed.
			const awaited = this.#waiting.filter(isAwaited)
			this.#waiting = this.#waiting.filter((item) => !isAwaited(item))
			for (const { answer } of awaited) answer?.(unavailable(cause))
			return false
		}
	}
}

function isAwaited({ answer }: Waiting): boolean {
	return answer !== undefined
}

function tell(item: Waiting, kept: Kept | undefined): void {
	if (item.kind === 'ending') return
	item.seq = kept?.seq
	if (kept === undefined) item.answer?.(unavailable())
	else if (kept.isUsedUp) item.answer?.(fail('gateway/writes-used-up', { params: { limit: item.budget ?? 0 } }))
	else item.answer?.(ok(item))
}

export function unavailable(cause?: unknown): Failure {
	return fail('gateway/record-unavailable', { cause })
}
