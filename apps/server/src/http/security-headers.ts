/** Headers of every answer. A page gets its own `style-src` nonce; everything else may load nothing at all. */
export function setSecurityHeaders(
	headers: Headers,
	options: { readonly nonce?: string; readonly isHttps: boolean },
): void {
	headers.set('content-security-policy', options.nonce === undefined ? inertPolicy : pagePolicy(options.nonce))
	headers.set('x-content-type-options', 'nosniff')
	headers.set('x-frame-options', 'DENY')
	headers.set('referrer-policy', 'no-referrer')
	headers.set('cross-origin-opener-policy', 'same-origin')
	headers.set('cross-origin-resource-policy', 'same-origin')
	headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
	if (options.isHttps) headers.set('strict-transport-security', 'max-age=31536000')
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
}

const inertPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Mantine writes `<style>` elements, so they carry a nonce of this answer. */
function pagePolicy(nonce: string): string {
	return [
		"default-src 'none'",
		"script-src 'self'",
		`style-src 'self' 'nonce-${nonce}'`,
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"object-src 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		'trusted-types default',
	].join('; ')
}
