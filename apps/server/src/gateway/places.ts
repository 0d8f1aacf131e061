import type { Configuration } from '../configuration.ts'
import { gatewayUrl, isSlug, slugOfHost } from '../wire/gateway-address.ts'
import { fail, ok, type Result } from '@postern/vocabulary'

/** Which site a request is about, and what it asks of it. */
export type Place = {
	readonly slug: string
	/** Path and query below the site's address, exactly as they arrived. */
	readonly target: string
	/** The site's address here, with a slash at its end. */
	readonly gatewayUrl: string
}

/** Undefined: not the gateway's. */
export type FindPlace = (target: string, host: string | undefined) => Result<Place> | undefined

const prefix = '/sites/'

/**
 * Makes what finds the site of a request. A slug counts only as it is written, before anything is decoded. Fails with
 * `request/origin-unknown`, `request/not-found`, `gateway/path-malformed`.
 */
export function createPlaces({ gateway, origins }: Pick<Configuration, 'gateway' | 'origins'>): FindPlace {
	const ours = hostsOf(origins)
	const below = (target: string): Result<Place> => placeBelow(target, (slug) => gatewayUrl(gateway, slug))
	const misdirected = (host: string) => fail('request/origin-unknown', { params: { host: host.slice(0, 253) } })
	if (gateway.kind === 'shared') {
		return (target, host = '') => {
			if (!target.startsWith(prefix)) return undefined
			return ours.has(host.toLowerCase()) ? below(target) : misdirected(host)
		}
	}
	const isOf = gateway.kind === 'own' ? hostsOf([gateway.origin]) : new Set<string>()
	return (target, host = '') => {
		if (isOf.has(host.toLowerCase())) return below(target)
		const slug = ours.has(host.toLowerCase()) ? undefined : slugOfHost(gateway, host)
		if (slug !== undefined) return ok({ slug, target, gatewayUrl: gatewayUrl(gateway, slug) })
		return target.startsWith(prefix) ? misdirected(host) : undefined
	}
}

/** Clients exist that leave the port out of `Host`; it is our name all the same. */
function hostsOf(origins: readonly string[]): ReadonlySet<string> {
	return new Set(origins.map((origin) => new URL(origin)).flatMap(({ host, hostname }) => [host, hostname]))
}

function placeBelow(target: string, urlOf: (slug: string) => string): Result<Place> {
	if (!target.startsWith(prefix)) return fail('request/not-found')
	const end = slugEnd(target)
	const slug = target.slice(prefix.length, end)
	if (!isSlug(slug)) return fail(slug.includes('%') ? 'gateway/path-malformed' : 'request/not-found')
	return ok({ slug, target: target.slice(end), gatewayUrl: urlOf(slug) })
}

function slugEnd(target: string): number {
	for (let at = prefix.length; at < target.length; at += 1) {
		const letter = target.charCodeAt(at)
		if (letter === 0x2f || letter === 0x3f) return at
	}
	return target.length
}
