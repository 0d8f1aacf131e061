import { fail, ok, type Result, Secret, type SiteCredential } from '@postern/vocabulary'

const wholeKey = /^([0-9a-f]{24}):([0-9a-f]{64})$/
const contentKey = /^[0-9a-f]{26}$/
/** Far more than a key and what may be pasted around it. */
const longest = 400

/**
 * Takes an Admin API key apart: its id, which is no secret, and the secret. Fails with
 * `site-credential/admin-api-key-required`, `site-credential/admin-api-key-malformed`,
 * `site-credential/looks-like-content-api-key`.
 */
export function readAdminApiKey(typed: string): Result<SiteCredential> {
	const key = typed.slice(0, longest).replaceAll(/\s/g, '').toLowerCase()
	if (key === '') return fail('site-credential/admin-api-key-required')
	if (contentKey.test(key)) return fail('site-credential/looks-like-content-api-key')
	const [, id, secret] = typed.length > longest ? [] : (wholeKey.exec(key) ?? [])
	if (id === undefined || secret === undefined) return fail('site-credential/admin-api-key-malformed')
	return ok({ username: id, password: new Secret(secret) })
}
