import type { MaybePromise } from '@postern/app-passwords'

/** Goes on with a value: at once where it is there, later where it is promised. So nothing waits where the store does not. */
export function andThen<A, B>(value: MaybePromise<A>, next: (value: A) => MaybePromise<B>): MaybePromise<B> {
	return value instanceof Promise ? value.then(next) : next(value)
}
