/** Something that is opened when it is first needed, once. */
export type Late<T> = {
	/** A failure is forgotten: the next who asks tries again. */
	get(): Promise<T>
	/** Undefined as long as it is not there. */
	now(): T | undefined
	/** What was opened so far, for closing it. */
	opened(): Promise<T | undefined>
}

export function openLate<T>(open: () => Promise<T>): Late<T> {
	let opening: Promise<T> | undefined
	let here: T | undefined
	const forget = (cause: unknown): never => {
		opening = undefined
		throw cause
	}
	const openOnce = async (): Promise<T> => (here = await open())
	return {
		get: () => (opening ??= openOnce().catch(forget)),
		now: () => here,
		opened: async () => opening?.catch(() => undefined),
	}
}
