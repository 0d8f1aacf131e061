import { fail, ok, type Result, type Secret } from '@postern/vocabulary'
import { passwordShape, readUsername } from '@postern/wordpress'
import { discover, readLatestPosts, verifySiteCredential } from '@postern/wp-client'
import type { ConnectorType } from '../connector-type.ts'
import { document } from './document.ts'

/** A WordPress site, through an application password that a person made there. */
export const wordpressApp: ConnectorType = {
	document,
	discover,
	readCredential(typed) {
		const username = readUsername(typed.username)
		if (!username.ok) return username
		const password = readPassword(typed.password)
		return password.ok ? ok({ username: username.value, password: password.value }) : password
	},
	verify: verifySiteCredential,
	readLatestPosts,
}

/** A login password must never be sent anywhere, so the shape decides before any request. */
function readPassword(typed: string): Result<Secret> {
	const shape = passwordShape(typed)
	switch (shape.kind) {
		case 'application-password':
			return ok(shape.normalized)
		case 'empty':
			return fail('site-credential/password-required')
		case 'mask':
			return fail('site-credential/mask')
		case 'wrong-length':
			return fail('site-credential/password-length', { params: { length: shape.length } })
		case 'login-password':
			return fail('site-credential/looks-like-login-password')
	}
}
