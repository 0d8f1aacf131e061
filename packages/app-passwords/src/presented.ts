import type { Secret } from '@postern/vocabulary'
import { stripToAlphanumerics } from '@postern/wordpress'
import { andThen } from './maybe-promise.ts'
import type { Grants, Held, MaybePromise, User, UserDirectory } from './types.ts'

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

/**
 * Gives what was found only if the name is its owner's login name or e-mail address; neither knows letter case. A right secret
 * under somebody else's name is as wrong as any, and a login name goes before an e-mail address: found under it is one person.
 */
export function heldUnder<U extends User, G extends Grants>(
	name: string,
	held: Held<U, G> | undefined,
	users: Pick<UserDirectory<U>, 'findByLogin'>,
): MaybePromise<Held<U, G> | undefined> {
	if (held === undefined) return undefined
	const { id, login, email } = held.user
	if (login === name) return held
	const lower = name.toLowerCase()
	if (login.toLowerCase() === lower) return held
	if (!isEmail(name) || email.toLowerCase() !== lower) return undefined
	return andThen(users.findByLogin(name), (found) => (found?.id === id ? held : undefined))
}

/** Whether anybody could be called so; nobody is looked for under a name as long as a book. */
export function couldBeName(text: string): boolean {
	return text.length <= mostUserIdLength
}

export function isEmail(text: string): boolean {
	return couldBeName(text) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
}
