/** Headers of every answer that is neither a page nor anything that asks for a browser's trust: it may load nothing at all. */
export function inertHeaders(isHttps: boolean): Readonly<Record<string, string>> {
	return {
		'content-security-policy': inertPolicy,
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'no-referrer',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
		...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
	}
}

/** Sets the headers of an answer. A page gets its own `style-src` nonce. */
export function setSecurityHeaders(
	headers: Headers,
	options: { readonly nonce?: string; readonly isHttps: boolean },
): void {
	for (const [name, value] of Object.entries(inertHeaders(options.isHttps))) headers.set(name, value)
	if (options.nonce !== undefined) headers.set('content-security-policy', pagePolicy(options.nonce))
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
