import type { MaybePromise } from './types.ts'

/** Goes on with a value: at once if it is there, later if it is promised. So nothing waits where storage does not. */
export function andThen<A, B>(value: MaybePromise<A>, next: (value: A) => MaybePromise<B>): MaybePromise<B> {
	return isPromise(value) ? value.then(next) : next(value)
}

/** Starts what nobody waits for. Its failure, at once or later, goes to `onTrouble` and nowhere else. */
export function runAside(start: () => MaybePromise<unknown>, onTrouble: (error: unknown) => void): void {
	try {
		const started = start()
		if (isPromise(started)) started.then(undefined, onTrouble)
	} catch (error) {
		onTrouble(error)
	}
}

/** Whether it has to be waited for; libraries have promises of their own. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
	return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
