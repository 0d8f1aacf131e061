import type { MaybePromise } from '../types.ts'

/** A request as it stands on the wire, whatever server took it in. */
export type WireRequest = {
	readonly method: string
	/** The request-target in origin-form, as it was sent: path and query. */
	readonly target: string
	/** Gives a header's value; the name in lower case. */
	readonly header: (name: string) => string | undefined
	/** The address of the socket's other end. */
	readonly ip: string
	/** Whether the socket itself is TLS. */
	readonly isTls: boolean
	readonly requestId: string | null
	/** Reads the whole body; undefined when it is longer than `limitBytes`. */
	readonly body: (limitBytes: number) => Promise<Uint8Array | undefined>
}

/** What goes back, to HEAD as to GET: the server leaves the body away, and writes `Content-Length` and `Date`. */
export type WireAnswer = {
	readonly status: number
	readonly headers: Readonly<Record<string, string>>
	readonly body: string
	/** Lines of `Set-Cookie`. */
	readonly cookies?: readonly string[]
}

/** Answers a request, or gives undefined when the path belongs to somebody else. */
export type Answer = (request: WireRequest) => MaybePromise<WireAnswer | undefined>
