import type { Secret } from '@postern/vocabulary'
import { formatBasicCredentials } from '@postern/wordpress'
import type { EdgeLogin } from './types.ts'

export type Redact = (text: string) => string

/**
 * Makes a function that takes the site credential out of a text, in every form in which a site may echo it: as sent, in groups
 * of four, and in base64 with or without the username.
 */
export function createRedactor(username: string, password: Secret): Redact {
	const plain = password.reveal()
	const groups = plain.match(/.{1,4}/g) ?? []
	const forms = new Set([plain, ...[' ', '+', '%20', '-', '\u00A0', '&nbsp;'].map((gap) => groups.join(gap))])
	for (const text of [`${username}:${plain}`, plain, groups.join(' '), `${username}:${groups.join(' ')}`]) {
		const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(text)))
		const bare = base64.replace(/=+$/, '')
		for (const form of [bare, bare.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(bare)]) forms.add(form)
	}
	return redactAll(forms)
}

/** Shorter ones are words of every page; their base64 is taken out all the same. */
const SHORTEST_SECRET = 4

/** The same for a staging login, whose password is of no known shape. */
export function createEdgeRedactor({ username, password }: EdgeLogin): Redact {
	const plain = password.reveal()
	const pair = formatBasicCredentials(username, password).slice('Basic '.length).replace(/=+$/, '')
	const forms = new Set([pair, pair.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(pair)])
	if (plain.length < SHORTEST_SECRET) return redactAll(forms)
	for (const form of [plain, encodeURIComponent(plain.toWellFormed()), plain.replaceAll(' ', '+')]) forms.add(form)
	return redactAll(forms)
}

function redactAll(forms: ReadonlySet<string>): Redact {
	const longestFirst = [...forms].sort((one, other) => other.length - one.length)
	// In any case: a host name made of a secret arrives in lower case.
	const pattern = new RegExp(longestFirst.map((form) => form.replace(/[^A-Za-z0-9]/g, '\\$&')).join('|'), 'gi')
	return (text) => text.replace(pattern, '[secret]')
}
