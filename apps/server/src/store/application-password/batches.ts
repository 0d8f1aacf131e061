export type Batches<T> = {
	add(item: T): void
	/** Writes what waits, now. */
	flush(): Promise<void>
}

/** Gathers items for a moment and writes them together, one batch after the other; who adds never waits. */
export function createBatches<T>(write: (items: readonly T[]) => Promise<void>, delayMs: number): Batches<T> {
	let waiting: T[] = []
	let timer: NodeJS.Timeout | undefined
	let writing = Promise.resolve()
	const flush = () => {
		clearTimeout(timer)
		timer = undefined
		writing = writing.then(async () => {
			const items = waiting
			waiting = []
			if (items.length > 0) await write(items)
		})
		return writing
	}
	return {
		add(item) {
			waiting.push(item)
			timer ??= setTimeout(() => void flush(), delayMs)
		},
		flush,
	}
}
