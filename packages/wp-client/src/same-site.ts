import { getDomain } from 'tldts'

/** One host under its two names, `www.` or not, on the same or the standard ports. */
export function isSameHost(one: URL, other: URL): boolean {
	return withoutWww(one) === withoutWww(other) && (one.port === other.port || (isStandard(one) && isStandard(other)))
}

/** Hosts that one owner registered: their registrable domain is the same (github.io and the like count as registries). */
export function isSameSite(one: URL, other: URL): boolean {
	if (one.hostname === other.hostname) return true
	const [domain, otherDomain] = [one, other].map((url) => getDomain(url.hostname, { allowPrivateDomains: true }))
	return domain !== null && domain === otherDomain
}

export function isIpAddress(url: URL): boolean {
	return url.hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(url.hostname)
}

/** A site on WordPress.com has no application passwords of its own. */
export function isOnWordpressCom(url: URL): boolean {
	return url.hostname === 'wordpress.com' || url.hostname.endsWith('.wordpress.com')
}

function withoutWww(url: URL): string {
	return url.hostname.replace(/^www\./, '')
}

function isStandard(url: URL): boolean {
	return url.port === ''
}
