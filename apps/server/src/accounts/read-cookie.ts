/** Reads one cookie of a request (RFC 6265 §4.2); the first of that name counts. */
export function readCookie(headers: Headers, name: string): string | undefined {
	for (const pair of (headers.get('cookie') ?? '').split(';')) {
		const [key, ...value] = pair.trim().split('=')
		if (key === name) return value.join('=')
	}
	return undefined
}
