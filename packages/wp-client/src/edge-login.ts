import { fail, ok, Secret, type Result } from '@postern/vocabulary'
import type { EdgeLogin } from './types.ts'

/** More is no login of a web server's: both are sent with every request. */
const LIMIT = 256

/** Judges a staging login as it was typed. Its password may be any text but an empty one; a colon would end the username. */
export function readEdgeLogin(username: string, password: string | Secret): Result<EdgeLogin> {
	const name = username.trim()
	const text = password instanceof Secret ? password.reveal() : password
	const isWritable = name !== '' && text !== '' && !/[\p{Cc}:]/u.test(name) && !/\p{Cc}/u.test(text)
	if (!isWritable || name.length > LIMIT || text.length > LIMIT) return fail('edge/login-malformed')
	return ok({ username: name, password: new Secret(text) })
}
