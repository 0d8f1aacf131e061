import { fail, ok, type Result } from '@postern/vocabulary'

const headerCountLimit = 100

type Guarded = {
	readonly method: string
	readonly rawHeaders: readonly string[]
	/** A header's value; the name in lower case. */
	readonly header: (name: string) => string | null | undefined
}

export type Guard = {
	/**
	 * Refuses another host, floods of headers and two `Authorization` headers (RFC 9110 §5.3). Fails with
	 * `request/origin-unknown`, `request/header-too-large`, `request/malformed`.
	 */
	admit(request: Guarded): Result<void>
	/** Refuses a write that another site started. Fails with `request/cross-site`. */
	sameSite(request: Guarded): Result<void>
}

/**
 * Refuses what no browser of ours and no honest client sends. Cookies are `SameSite=Lax`; `sameSite` is the second wall
 * (OWASP CSRF prevention: Fetch Metadata and Origin), for whatever believes cookies.
 */
export function createGuard(origins: readonly string[]): Guard {
	// Clients exist that leave the port out of `Host`; it is our name all the same.
	const hosts = new Set(origins.map((origin) => new URL(origin)).flatMap(({ host, hostname }) => [host, hostname]))
	return {
		admit({ rawHeaders, header }) {
			if (rawHeaders.length / 2 > headerCountLimit)
				return fail('request/header-too-large', { params: { limit: headerCountLimit } })
			const host = header('host') ?? ''
			if (count(rawHeaders, 'host') !== 1 || !hosts.has(host.toLowerCase()))
				return fail('request/origin-unknown', { params: { host: host.slice(0, 253) } })
			if (count(rawHeaders, 'authorization') > 1) return fail('request/malformed')
			return ok()
		},
		sameSite({ method, header }) {
			if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return ok()
			const site = header('sec-fetch-site') ?? null
			if (site !== null && site !== 'same-origin' && site !== 'none') return fail('request/cross-site')
			const origin = header('origin') ?? null
			return origin === null || origins.includes(origin) ? ok() : fail('request/cross-site')
		},
	}
}

/** How often a header was sent: Node and `Headers` keep the first or join them. */
function count(rawHeaders: readonly string[], header: string): number {
	let found = 0
	for (let at = 0; at < rawHeaders.length; at += 2) {
		const name = rawHeaders[at]
		if (name?.length === header.length && name.toLowerCase() === header) found += 1
	}
	return found
}
