import { createBoundedMap } from '../bounded-map.ts'
import type { MaybePromise } from '../types.ts'

/** A request of an application as it was shown to somebody, and what the form that was shown has to bring back. */
export type KeptRequest = {
	/** The query as it arrived; it is judged anew when the form comes back. */
	readonly query: string
	/** To whom it was shown. */
	readonly userId: number
	/** The sign-in it was shown to. */
	readonly session: string
	/** SHA-256 of the form's token. */
	readonly tokenHash: string
	readonly shownAt: Date
}

/** A shown request waits this long for its answer. */
export const keptRequestMs = 600_000

/** Where shown requests wait. `id` cannot be guessed; a store needs no more than its hash. */
export type AuthorizeRequests = {
	keep(id: string, request: KeptRequest): MaybePromise<void>
	/** Nothing after `keptRequestMs`. */
	find(id: string): MaybePromise<KeptRequest | undefined>
	/** Takes it away; true for one caller only, however many come at once. */
	take(id: string): MaybePromise<boolean>
}

/** Keeps shown requests in this process; beyond `limit` the oldest go first. */
export function createAuthorizeRequestsInMemory({
	limit = 10_000,
	now = () => new Date(),
}: { readonly limit?: number; readonly now?: () => Date } = {}): AuthorizeRequests {
	const kept = createBoundedMap<KeptRequest>(limit)
	const isFresh = ({ shownAt }: KeptRequest) => now().getTime() - shownAt.getTime() < keptRequestMs
	const find = (id: string) => {
		const found = kept.get(id)
		if (found === undefined || isFresh(found)) return found
		kept.delete(id)
		return undefined
	}
	return {
		keep: (id, request) => kept.set(id, request),
		find,
		take(id) {
			const found = find(id)
			kept.delete(id)
			return found !== undefined
		},
	}
}
