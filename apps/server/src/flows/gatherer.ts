const gatherMs = 20
const mostAtOnce = 200

/** Does together what is asked for within a moment: one transaction for all of it. A failure is the failure of each. */
export function gatherer<T, R>(doAll: (items: readonly T[]) => Promise<readonly R[]>): (item: T) => Promise<R> {
	type Waiting = { readonly item: T; readonly answer: (result: R) => void; readonly fail: (error: unknown) => void }
	let waiting: Waiting[] = []
	let timer: NodeJS.Timeout | undefined
	const flush = async () => {
		timer = undefined
		const now = waiting
		waiting = []
		try {
			const results = await doAll(now.map(({ item }) => item))
			// As many as were asked for, in their order.
			for (const [index, { answer }] of now.entries()) answer(results[index] as R)
		} catch (error) {
			for (const { fail } of now) fail(error)
		}
	}
	return (item) =>
		new Promise((answer, fail) => {
			waiting.push({ item, answer, fail })
			if (waiting.length >= mostAtOnce) {
				clearTimeout(timer)
				void flush()
			} else timer ??= setTimeout(() => void flush(), gatherMs)
		})
}
