/** Cookies that no other host and no plain http can set, where TLS allows it (RFC 6265bis §4.1.3.2). */
export function cookiePrefix(origin: string): string {
	return isSecure(origin) ? '__Host-postern' : 'postern'
}

export function isSecure(origin: string): boolean {
	return origin.startsWith('https:')
}
