/** What is to be done with each item, so many at once, and not too much with those that share a key. */
type Work<Item> = {
	readonly items: readonly Item[]
	readonly atOnce: number
	readonly perKey: number
	readonly keyOf: (item: Item) => string
	readonly signal: AbortSignal
	/** Nothing is begun any more after it threw. */
	readonly run: (item: Item) => Promise<void>
}

/** Begins no other item once the signal is aborted; over when what was begun is over. Throws what a run threw first. */
export async function workThrough<Item>({ items, atOnce, perKey, keyOf, signal, run }: Work<Item>): Promise<void> {
	const waiting = [...items]
	const running = new Map<string, number>()
	const thrown: unknown[] = []
	let underWay = 0
	const take = (): Item | undefined => {
		if (signal.aborted || thrown.length > 0 || underWay >= atOnce) return undefined
		const index = waiting.findIndex((item) => (running.get(keyOf(item)) ?? 0) < perKey)
		return index < 0 ? undefined : waiting.splice(index, 1)[0]
	}
	await new Promise<void>((resolve) => {
		const goOn = () => {
			for (let item = take(); item !== undefined; item = take()) begin(item)
			if (underWay === 0) resolve()
		}
		const begin = (item: Item) => {
			const key = keyOf(item)
			underWay += 1
			running.set(key, (running.get(key) ?? 0) + 1)
			void run(item)
				.catch((error: unknown) => thrown.push(error))
				.finally(() => {
					underWay -= 1
					const left = (running.get(key) ?? 1) - 1
					if (left === 0) running.delete(key)
					else running.set(key, left)
					goOn()
				})
		}
		goOn()
	})
	if (thrown.length > 0) throw thrown[0]
}
