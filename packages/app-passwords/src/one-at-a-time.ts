type Places = {
	readonly all: number
	/** Of these, how many one party may take. */
	readonly ofOne: number
}

/** Runs work in turn. Undefined: too many wait already, of all or of this party, and it was not run. */
export function createQueue({
	all,
	ofOne,
}: Places): <T>(party: string, work: () => Promise<T>) => Promise<T> | undefined {
	const waitingOf = new Map<string, number>()
	let waiting = 0
	let last: Promise<unknown> = Promise.resolve()
	const add = (party: string, count: 1 | -1) => {
		waiting += count
		const own = (waitingOf.get(party) ?? 0) + count
		if (own === 0) waitingOf.delete(party)
		else waitingOf.set(party, own)
	}
	return (party, work) => {
		if (waiting >= all || (waitingOf.get(party) ?? 0) >= ofOne) return undefined
		add(party, 1)
		const run = last.then(work).finally(() => add(party, -1))
		last = run.catch(() => undefined)
		return run
	}
}
