import { fail, ok, type Result } from '@postern/vocabulary'

const headerCountLimit = 100

type Guarded = {
	readonly method: string
	readonly rawHeaders: readonly string[]
	readonly headers: Headers
	readonly origins: readonly string[]
}

/**
 * Refuses what no browser of ours and no honest client sends: another host, a cross-site write, floods of headers.
 * Cookies are `SameSite=Lax`; this is the second wall (OWASP CSRF prevention: Fetch Metadata and Origin).
 */
export function guardRequest({ method, rawHeaders, headers, origins }: Guarded): Result<void> {
	if (rawHeaders.length / 2 > headerCountLimit)
		return fail('request/header-too-large', { params: { limit: headerCountLimit } })
	const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host')
	const host = headers.get('host') ?? ''
	const isOurs = origins.some((origin) => new URL(origin).host === host.toLowerCase())
	if (hosts.length !== 1 || !isOurs) return fail('request/origin-unknown', { params: { host: host.slice(0, 253) } })
	if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return ok()
	const site = headers.get('sec-fetch-site')
	if (site !== null && site !== 'same-origin' && site !== 'none') return fail('request/cross-site')
	const origin = headers.get('origin')
	if (origin !== null && !origins.includes(origin)) return fail('request/cross-site')
	return ok()
}
