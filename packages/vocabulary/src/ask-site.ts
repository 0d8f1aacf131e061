import type { Result } from './result.ts'

/** One request to a site. Redirects are never followed: a 3xx is an answer like any other. */
export type SiteRequest = {
	readonly url: URL
	readonly method: 'GET' | 'HEAD' | 'POST'
	readonly headers?: Readonly<Record<string, string>>
	readonly body?: string
	/** Whole exchange, from connecting to the last byte. */
	readonly timeoutMs: number
	/** Of the decoded body; more fails with `response/too-large`. */
	readonly maxBytes: number
	readonly signal?: AbortSignal
}

export type SiteAnswer = {
	readonly url: URL
	readonly status: number
	readonly headers: Headers
	/** Decoded (gzip, deflate, br), complete. */
	readonly body: Uint8Array
	readonly elapsedMs: number
}

/**
 * The port through which probes reach a site. Fails with `address/blocked`, `address/port-not-allowed`, `network/…`, `tls/…`,
 * `response/too-large`, `response/malformed`, `response/encoding-unsupported`.
 */
export type AskSite = (request: SiteRequest) => Promise<Result<SiteAnswer>>
