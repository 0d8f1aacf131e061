import { fail, ok, type Result, usernameShape } from '@postern/vocabulary'

/** Reads a username. Case is kept for display only. */
export function readUsername(typed: string): Result<string> {
	const username = typed.trim()
	return usernameShape.test(username) ? ok(username) : fail('account/username-malformed')
}

/** As browsers judge it (HTML §4.10.5.1.5), with a dot in the domain, at most 254 characters. */
const email =
	/^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/

/** Reads an e-mail address; it is kept in lower case, so that one person has one account. */
export function readEmail(typed: string): Result<string> {
	const address = typed.trim()
	return address.length <= 254 && email.test(address) ? ok(address.toLowerCase()) : fail('account/email-malformed')
}

/** How a typed username or e-mail address is looked up. */
export function foldName(typed: string): string {
	return typed.trim().toLowerCase()
}
