import { fail, ok, type Result } from '@postern/vocabulary'

/** Characters; the width of WordPress' `user_login` column. */
const LIMIT = 60

/**
 * Reads a WordPress username or e-mail address as typed; trims it. Fails with `site-credential/username-required`,
 * `site-credential/username-too-long`, `site-credential/username-malformed` (control, bidi or invisible characters; a colon
 * would end the user-id, RFC 7617 §2).
 */
export function readUsername(text: string): Result<string> {
	const username = text.trim()
	if (username === '') return fail('site-credential/username-required')
	if (username.length > LIMIT) return fail('site-credential/username-too-long', { params: { limit: LIMIT } })
	if (/[\p{C}\u2028\u2029:]/u.test(username)) return fail('site-credential/username-malformed')
	return ok(username)
}
