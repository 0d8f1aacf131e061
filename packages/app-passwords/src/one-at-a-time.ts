/** Runs work in turn. Undefined: too many wait already, and it was not run. */
export function createQueue(mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> | undefined {
	let waiting = 0
	let last: Promise<unknown> = Promise.resolve()
	return (work) => {
		if (waiting >= mostWaiting) return undefined
		waiting += 1
		const run = last.then(work).finally(() => {
			waiting -= 1
		})
		last = run.catch(() => undefined)
		return run
	}
}
