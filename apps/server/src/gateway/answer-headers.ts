/** What every answer of the gateway bears, as names and values in turn: what a site says must not act in our origin. */
export function createAnswerHeaders(isHttps: boolean): readonly string[] {
	return [
		'content-security-policy',
		"sandbox; default-src 'none'; frame-ancestors 'none'",
		'x-content-type-options',
		'nosniff',
		'x-frame-options',
		'DENY',
		'referrer-policy',
		'no-referrer',
		'cross-origin-resource-policy',
		'same-origin',
		'x-robots-tag',
		'noindex',
		'cache-control',
		'private, no-store',
		'vary',
		'Authorization, Cookie, Origin',
		...(isHttps ? ['strict-transport-security', 'max-age=31536000'] : []),
	]
}

/**
 * `*` and never `Access-Control-Allow-Credentials`: a page may use a password that it holds itself, and a browser adds nothing
 * to it of what it knows of the person. What the site says about other origins is not passed on.
 */
export const crossOrigin: readonly string[] = [
	'access-control-allow-origin',
	'*',
	'access-control-expose-headers',
	'X-WP-Total, X-WP-TotalPages, Link, Location, Allow, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id',
]

/** Answers a preflight (Fetch §4.8); the site is not asked. */
export const preflight: readonly string[] = [
	...crossOrigin,
	'access-control-allow-methods',
	'OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE',
	'access-control-allow-headers',
	'Authorization, Content-Disposition, Content-Type, Accept-Language, If-None-Match, If-Modified-Since, Range, X-WP-Nonce, X-HTTP-Method-Override',
	'access-control-max-age',
	'600',
]
