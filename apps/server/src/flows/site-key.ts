/**
 * By what attempts at a site are counted: its host without port and `www`, so that other spellings are no other site. Empty for
 * what is no address.
 */
export function siteKey(address: string): string {
	const text = address.trim()
	const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
	return url === null ? '' : url.hostname.replace(/\.$/, '').replace(/^www\./, '')
}
