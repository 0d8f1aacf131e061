import type { MaybePromise } from '@postern/app-passwords'
import type { QuickReader } from './quick-reader.ts'

const mostKept = 10_000

/**
 * Finds again what was found before, until something is committed. Whether it was is asked each time; it costs a third of the
 * answer. What was not there is asked for again. Where only the server knows (PostgreSQL), nothing is kept.
 */
export function whileNothingChanges<T>(
	reader: QuickReader,
	find: (key: string) => MaybePromise<T | undefined>,
): (key: string) => MaybePromise<T | undefined> {
	const kept = new Map<string, T>()
	let version: number | undefined
	return (key) => {
		const now = reader.version()
		if (now === undefined) return find(key)
		if (now !== version || kept.size >= mostKept) kept.clear()
		version = now
		const known = kept.get(key)
		if (known !== undefined) return known
		const found = find(key)
		if (found !== undefined && !(found instanceof Promise)) kept.set(key, found)
		return found
	}
}

/** Reads an answer that may be there already. */
export function after<A, B>(answer: MaybePromise<A>, read: (value: A) => B): MaybePromise<B> {
	return answer instanceof Promise ? answer.then(read) : read(answer)
}
