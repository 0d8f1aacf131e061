import { formatBasicCredentials } from '@postern/wordpress'
import type { SiteCredential } from '../access/open-credential.ts'

/** The forms in which a credential travels to its site and could come back from there. */
export type CredentialForms = {
	/** The value of the header. */
	readonly authorization: string
	/** The pair, and the password that PHP takes out of it; what is shorter than twelve is found by accident, and left out. */
	readonly texts: readonly string[]
	readonly needles: readonly Buffer[]
}

const shortest = 12

/** Made once for a credential, and gone with it. */
export function formsOf(credential: SiteCredential): CredentialForms {
	const known = forms.get(credential)
	if (known !== undefined) return known
	const made = makeForms(credential)
	forms.set(credential, made)
	return made
}

const forms = new WeakMap<SiteCredential, CredentialForms>()

function makeForms({ username, password }: SiteCredential): CredentialForms {
	const authorization = formatBasicCredentials(username, password)
	const pair = authorization.slice('Basic '.length)
	const texts = [pair, password.reveal()].filter(({ length }) => length >= shortest)
	if (pair.includes('/')) texts.push(pair.replaceAll('/', '\\/'))
	return { authorization, texts, needles: texts.map((text) => Buffer.from(text)) }
}
