/** Something that is opened when it is first needed, once. */
export type Late<T> = {
	/** A failure is forgotten: the next who asks tries again. */
	get(): Promise<T>
	/** What was opened so far, for closing it. */
	opened(): Promise<T | undefined>
}

export function openLate<T>(open: () => Promise<T>): Late<T> {
	let opening: Promise<T> | undefined
	const forget = (cause: unknown): never => {
		opening = undefined
		throw cause
	}
	return {
		get: () => (opening ??= open().catch(forget)),
		opened: async () => opening?.catch(() => undefined),
	}
}
