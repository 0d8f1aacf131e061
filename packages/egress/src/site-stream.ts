import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'

/** One request that is passed on to a site. Nothing of it is changed on the way, and no redirect is followed. */
export type SiteStream = {
	/** Whose connections are used: never another's, even to the same origin. */
	readonly pool: string
	readonly origin: string
	/** As in `SiteRequest`. */
	readonly pin?: string | undefined
	/** Where the path has to begin. */
	readonly within: string
	/** Path and query, sent exactly as they are. */
	readonly path: string
	readonly method: string
	/** Names and values in turn. Whom we are, and what frames the message, is added here. */
	readonly headers: readonly string[]
	/** A stream is sent in chunks, unless `contentLength` says how much it holds. */
	readonly body: Readable | Uint8Array | string | null
	readonly contentLength?: number | undefined
}

export type SiteStreamControl = {
	pause(): void
	resume(): void
	abort(reason: Error): void
}

/** Is told of an answer as it arrives: first `start`, then either `end` or `fail`. */
export type SiteStreamHandler = {
	onRequestStart(control: SiteStreamControl): void
	onResponseStart(control: SiteStreamControl, status: number, headers: IncomingHttpHeaders): void
	onResponseData(control: SiteStreamControl, chunk: Buffer): void
	onResponseEnd(): void
	onResponseError(control: SiteStreamControl | null, error: Error): void
}
