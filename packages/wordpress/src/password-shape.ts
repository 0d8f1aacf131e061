import { Secret } from '@postern/vocabulary'

/** What a text in the *Application Password* field looks like, before it is sent anywhere. */
export type PasswordShape =
	| { readonly kind: 'application-password'; readonly normalized: Secret }
	| { readonly kind: 'empty' }
	| { readonly kind: 'mask' }
	| { readonly kind: 'wrong-length'; readonly length: number }
	| { readonly kind: 'login-password' }

const LENGTH = 24

/**
 * Judges the shape: WordPress makes 24 letters and digits, shown in groups of four. Spaces go, as in WordPress; dashes only
 * between groups of four, because a passphrase has dashes too and a login password must never be exercised.
 */
export function passwordShape(text: string): PasswordShape {
	const bare = text.replace(/[\s\u200B-\u200D\u2060\uFEFF]+/gu, ' ').trim()
	if (bare === '') return { kind: 'empty' }
	if (/^[•●∙·⬤◦*\u25CF ]+$/u.test(bare)) return { kind: 'mask' }
	const joined = unquote(bare).replaceAll(' ', '')
	const letters = isGroupedByDashes(joined) ? joined.replaceAll('-', '') : joined
	if (!/^[A-Za-z0-9]+$/.test(letters)) return { kind: 'login-password' }
	if (isPassphrase(bare)) return { kind: 'login-password' }
	if (letters.length === LENGTH) return { kind: 'application-password', normalized: new Secret(letters) }
	return looksCutOrDoubled(bare, letters)
		? { kind: 'wrong-length', length: letters.length }
		: { kind: 'login-password' }
}

function unquote(text: string): string {
	return /^(["'`“”‘’「」]).*["'`“”‘’「」]$/u.test(text) ? text.slice(1, -1) : text
}

function isGroupedByDashes(text: string): boolean {
	return /^[A-Za-z0-9]{4}(?:-[A-Za-z0-9]{4}){5}$/.test(text)
}

// Words, not groups of four: no capital and no digit in 24 random characters comes once in a thousand million times.
function isPassphrase(text: string): boolean {
	return /^[a-z]+(?: [a-z]+)+$/.test(text) && text.split(' ').some((word) => word.length !== 4)
}

// A copy that lost or gained a little, or lost whole groups. Anything else short is what people choose themselves.
function looksCutOrDoubled(text: string, letters: string): boolean {
	if (letters.length >= 18 && letters.length <= 2 * LENGTH) return /[A-Z0-9]/.test(letters)
	return /^[A-Za-z0-9]{1,4}(?: [A-Za-z0-9]{4})+(?: [A-Za-z0-9]{1,4})?$/.test(text)
}
