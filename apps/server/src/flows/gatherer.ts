const gatherMs = 20

/**
 * Does together what is asked for within a moment, but no more than `mostAtOnce`: between two lots others have their turn. A
 * failure is the failure of each of a lot.
 */
export function gatherer<T, R>(
	doAll: (items: readonly T[]) => Promise<readonly R[]>,
	mostAtOnce: number,
): (item: T) => Promise<R> {
	type Waiting = { readonly item: T; readonly answer: (result: R) => void; readonly fail: (error: unknown) => void }
	let waiting: Waiting[] = []
	let isComing = false
	const doLot = async (lot: readonly Waiting[]) => {
		try {
			const results = await doAll(lot.map(({ item }) => item))
			// As many as were asked for, in their order.
			for (const [index, { answer }] of lot.entries()) answer(results[index] as R)
		} catch (error) {
			for (const { fail } of lot) fail(error)
		}
	}
	const flush = () => {
		const lot = waiting.slice(0, mostAtOnce)
		waiting = waiting.slice(mostAtOnce)
		isComing = waiting.length > 0
		if (isComing) setImmediate(flush)
		void doLot(lot)
	}
	return (item) =>
		new Promise((answer, fail) => {
			waiting.push({ item, answer, fail })
			if (isComing) return
			isComing = true
			setTimeout(flush, gatherMs)
		})
}
