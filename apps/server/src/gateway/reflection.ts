import type { OpenedCredential } from '../access/open-credential.ts'
import { type CredentialForms, formsOf } from './credential-forms.ts'

/** Notices a credential in what comes back from the site that it was sent to, as debug pages and dumps of headers have it. */
export type Reflection = {
	/** Whether one of these values of headers holds it. */
	isInSome(values: readonly string[]): boolean
	/** Whether it ends in this piece of the body. */
	isIn(chunk: Buffer): boolean
}

/** A page that dumps what it was sent does so near its beginning. */
const looksAtBytes = 262_144

/** Looks for a credential in the forms in which it was sent. */
export function createReflection(credential: OpenedCredential): Reflection {
	return new CredentialReflection(formsOf(credential))
}

class CredentialReflection implements Reflection {
	readonly #forms: CredentialForms
	/** What came before, as much of it as a credential may begin in; each character a byte, as buffers take longer to search. */
	#tail = ''
	#seen = 0

	constructor(forms: CredentialForms) {
		this.#forms = forms
	}

	isInSome(values: readonly string[]): boolean {
		for (const text of this.#forms.texts)
			for (const value of values) if (value.length >= text.length && value.includes(text)) return true
		return false
	}

	isIn(chunk: Buffer): boolean {
		if (this.#seen > looksAtBytes) return false
		this.#seen += chunk.length
		const { needles, longest } = this.#forms
		const text = this.#tail + chunk.toString('latin1')
		this.#tail = text.slice(Math.max(0, text.length - longest + 1))
		for (const needle of needles) if (text.includes(needle)) return true
		return false
	}
}
