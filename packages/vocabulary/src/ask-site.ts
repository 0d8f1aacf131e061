import type { Result } from './result.ts'

/** One request to a site. Redirects are never followed: a 3xx is an answer like any other. */
export type SiteRequest = {
	readonly url: URL
	readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
	readonly headers?: Readonly<Record<string, string>>
	readonly body?: string
	/** Whole exchange, from connecting to the last byte. */
	readonly timeoutMs: number
	/** Of the decoded body; more fails with `response/too-large`. */
	readonly maxBytes: number
	readonly signal?: AbortSignal
	/**
	 * SHA-256 of the site's certificate (its DER), 64 lower-case hex digits. Then this very certificate is trusted and nothing
	 * else: no authority, name or date is looked at, and another certificate fails with `tls/pin-mismatch`.
	 */
	readonly pin?: string
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
