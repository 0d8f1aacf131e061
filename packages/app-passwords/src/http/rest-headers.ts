import type { WireRequest } from './wire.ts'

type Headers = Readonly<Record<string, string>>

/**
 * `*` without `Access-Control-Allow-Credentials`: a page of another origin may use a password that it holds itself, and a
 * browser never adds to it what it knows of the person – no cookie, no remembered Basic login. WordPress echoes any origin and
 * allows credentials, which is safe only as long as every cookie is checked for a nonce.
 */
const crossOrigin: Headers = {
	'Access-Control-Allow-Origin': '*',
	'Access-Control-Allow-Headers': 'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type',
	'Access-Control-Allow-Methods': 'OPTIONS, GET, POST, PUT, PATCH, DELETE',
	'Access-Control-Expose-Headers': 'X-WP-Total, X-WP-TotalPages, Link, Location, Retry-After',
}

/** What belongs to one person, and what one was refused, is kept by nobody. */
const noStore: Headers = {
	'Cache-Control': 'no-cache, must-revalidate, max-age=0, no-store, private',
	Expires: 'Wed, 11 Jan 1984 05:00:00 GMT',
}

export type HeaderWish = {
	readonly request: WireRequest
	readonly allow: string | undefined
	readonly isPrivate: boolean
}

/** Makes the headers of every REST answer once for each combination that occurs, and hands out the same object again. */
export function createRestHeaders(siteUrl: string): (wish: HeaderWish) => Headers {
	const always: Headers = {
		'Content-Type': 'application/json; charset=UTF-8',
		Link: `<${siteUrl}/wp-json/>; rel="https://api.w.org/"`,
		Vary: 'Authorization, Cookie, Origin',
		'X-Content-Type-Options': 'nosniff',
		'X-Robots-Tag': 'noindex',
		// A browser that opens an answer as a page runs nothing in it.
		'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
	}
	const made = new Map<string, Headers>()
	return ({ request, allow, isPrivate }) => {
		const isCrossOrigin = request.header('origin') !== undefined
		const key = `${isPrivate ? 'p' : ''}${isCrossOrigin ? 'o' : ''}${allow ?? ''}`
		const known = made.get(key)
		if (known !== undefined) return known
		const headers = {
			...always,
			...(isPrivate ? noStore : {}),
			...(isCrossOrigin ? crossOrigin : {}),
			...(allow === undefined || allow === '' ? {} : { Allow: allow }),
		}
		made.set(key, headers)
		return headers
	}
}
