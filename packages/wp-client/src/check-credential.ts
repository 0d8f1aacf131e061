import { fail, ok, Secret, type Result, type SiteCredential } from '@postern/vocabulary'
import { passwordShape, readUsername } from '@postern/wordpress'
import type { SiteCredentialInput } from './types.ts'

/** Judges a site credential by its shape, before anything is sent. Fails with `site-credential/…`. */
export function checkCredential({ username, password }: SiteCredentialInput): Result<SiteCredential> {
	const name = readUsername(username)
	if (!name.ok) return name
	const shape = passwordShape(password instanceof Secret ? password.reveal() : password)
	switch (shape.kind) {
		case 'empty':
			return fail('site-credential/password-required')
		case 'mask':
			return fail('site-credential/mask')
		case 'login-password':
			return fail('site-credential/looks-like-login-password')
		case 'wrong-length':
			return fail('site-credential/password-length', { params: { length: shape.length } })
		case 'application-password':
			return ok({ username: name.value, password: shape.normalized })
	}
}
