import { fail, ok, type Result } from '@postern/vocabulary'

const limit = 2_048

/** Reads where a webhook goes; a fragment is for browsers and goes. Whether the host may be reached is asked at each delivery. */
export function readWebhookUrl(typed: string, ownOrigins: readonly string[]): Result<string> {
	const text = typed.trim()
	if (text === '') return fail('address/required')
	if (text.length > limit) return fail('address/too-long', { params: { limit } })
	const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`)
	if (url === null) return fail('address/malformed')
	const scheme = url.protocol.slice(0, -1)
	if (scheme !== 'https' && scheme !== 'http') return fail('address/scheme-unsupported', { params: { scheme } })
	if (url.username !== '' || url.password !== '') return fail('address/credentials-inside')
	if (ownOrigins.includes(url.origin)) return fail('address/own', { params: { host: url.host } })
	url.hash = ''
	return ok(url.href)
}
