import type { ProblemCode, ProblemParams } from './problems.ts'
import type { Rung } from './rungs.ts'

export type Certainty = 'sure' | 'likely'

/** One exchange with the site, fit to be shown: no credentials, no bodies, no query values. */
export type Evidence = {
	readonly step: string
	readonly method: string
	/** Origin and path; a query is cut to its names. */
	readonly url: string
	readonly withCredentials: boolean
	readonly status?: number
	/** The WordPress error code, or the network error's. */
	readonly code?: string
	/** Short facts that decided: `server: Apache`, `content-type: text/html`, page title … at most 120 characters each. */
	readonly facts: readonly string[]
	readonly elapsedMs: number
}

/** The certificate that a site showed. Its texts are the site's own words. */
export type SiteCertificate = {
	/** Of its DER, 64 lower-case hex digits: what a pin is compared with. */
	readonly sha256: string
	readonly subject: string
	readonly issuer: string
	/** ISO 8601; empty when it cannot be read. */
	readonly validTo: string
}

/** The named cause of a failed connection. Its sentences and fix steps come from the texts of `code`. */
export type Diagnosis = {
	readonly code: ProblemCode
	readonly params: ProblemParams
	readonly certainty: Certainty
	/** The rung of the ladder on which it failed. */
	readonly rung: Rung
	/** Other causes that cannot be told apart from this one. */
	readonly alternatives: readonly ProblemCode[]
	readonly evidence: readonly Evidence[]
	/** With `tls/…`, when the site showed one. */
	readonly certificate?: SiteCertificate
	/** Whether the site lets anybody sign in over XML-RPC, where that is known. */
	readonly takesXmlRpcLogins?: boolean
}

/** Where the certificate that a site showed may be trusted by its fingerprint: a pin stands in for an authority, and for nothing else. */
export const pinnable: readonly ProblemCode[] = ['tls/self-signed', 'tls/pin-mismatch']
