import type { Secret } from '@postern/vocabulary'
import { escapeXml, formatBasicCredentials } from '@postern/wordpress'
import type { OpenedCredential } from '../access/open-credential.ts'

/** The forms in which a credential travels to its site and could come back from there. */
export type CredentialForms = {
	/** The value of the header. */
	readonly authorization: string
	/** Of each login the pair, and the password that PHP takes out of it; what is shorter than twelve is found by accident, and left out. */
	readonly texts: readonly string[]
	/** The same as they stand in a body; each character a byte. */
	readonly needles: readonly string[]
	/** Of those. */
	readonly longest: number
}

const shortest = 12

/** Made once for a credential, and gone with it. */
export function formsOf(credential: OpenedCredential): CredentialForms {
	const known = forms.get(credential)
	if (known !== undefined) return known
	const made = makeForms(credential)
	forms.set(credential, made)
	return made
}

const forms = new WeakMap<OpenedCredential, CredentialForms>()

function makeForms({ username, password, edge }: OpenedCredential): CredentialForms {
	const authorization = formatBasicCredentials(username, password)
	const texts = textsOf(authorization, password)
	if (edge !== undefined) texts.push(...textsOf(formatBasicCredentials(edge.username, edge.password), edge.password))
	const needles = texts.map((text) => Buffer.from(text).toString('latin1'))
	return { authorization, texts, needles, longest: Math.max(1, ...needles.map(({ length }) => length)) }
}

/** Somebody's own password may hold what is written otherwise in a page, and in JSON; the site's own is of letters and digits. */
function textsOf(authorization: string, password: Secret): string[] {
	const pair = authorization.slice('Basic '.length)
	const plain = password.reveal()
	const json = JSON.stringify(plain).slice(1, -1)
	const written = new Set([
		pair,
		pair.replaceAll('/', '\\/'),
		plain,
		escapeXml(plain),
		json,
		json.replaceAll('/', '\\/'),
	])
	return [...written].filter(({ length }) => length >= shortest)
}
