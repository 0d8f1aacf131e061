import type { Secret } from '@postern/vocabulary'
import { stripToAlphanumerics } from '@postern/wordpress'
import type { Grants, Held, User } from './types.ts'

/** As PHP's checker; whatever is longer is not even hashed. */
const mostPasswordBytes = 4_096
/** RFC 5321 allows 254 for an e-mail address; WordPress 60 for a login name. */
const mostUserIdLength = 320

/** The form of a presented password that is hashed. Empty: nothing that could be a secret, and nobody's. */
export function canonicalSecret(password: Secret): string {
	const text = password.reveal()
	if (text.length > mostPasswordBytes || Buffer.byteLength(text) > mostPasswordBytes) return ''
	return stripToAlphanumerics(text)
}

/** A right secret under somebody else's name is as wrong as any. Login names and e-mail addresses know no letter case. */
export function isNamed<U extends User, G extends Grants>(
	held: Held<U, G> | undefined,
	name: string,
): held is Held<U, G> {
	if (held === undefined) return false
	const { login, email } = held.user
	if (login === name) return true
	const lower = name.toLowerCase()
	return login.toLowerCase() === lower || (isEmail(name) && email.toLowerCase() === lower)
}

/** Whether anybody could be called so; nobody is looked for under a name as long as a book. */
export function couldBeName(text: string): boolean {
	return text.length <= mostUserIdLength
}

export function isEmail(text: string): boolean {
	return couldBeName(text) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
}
