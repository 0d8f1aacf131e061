import { useCallback, useState } from 'react'

/** Lives as long as the page: never written to storage, so that it may hold what a person has typed. */
const memory = new Map<string, unknown>()

/**
 * State that survives leaving a page and coming back to it (also through signing in again), in memory only.
 * `forget()` when the work is done.
 */
export function useRemembered<T>(
	key: string,
	initial: T,
): readonly [T, (next: T | ((before: T) => T)) => void, forget: () => void] {
	// One key is always used with one type.
	const [value, setValue] = useState(() => (memory.has(key) ? (memory.get(key) as T) : initial))
	const set = useCallback(
		(next: T | ((before: T) => T)) =>
			setValue((before) => {
				const after = isUpdate(next) ? next(before) : next
				memory.set(key, after)
				return after
			}),
		[key],
	)
	const forget = useCallback(() => void memory.delete(key), [key])
	return [value, set, forget]
}

function isUpdate<T>(next: T | ((before: T) => T)): next is (before: T) => T {
	return typeof next === 'function'
}

const listeners = new Set<() => void>()

/** For what is kept elsewhere as long as the page lives. */
export function whenForgotten(forget: () => void): void {
	listeners.add(forget)
}

export function forgetEverything(): void {
	memory.clear()
	for (const forget of listeners) forget()
}
