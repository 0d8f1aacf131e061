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
	readonly #texts: readonly string[]
	readonly #needles: readonly Buffer[]
	readonly #overlap: number
	#tail: Buffer = empty
	#seen = 0

	constructor({ texts, needles }: CredentialForms) {
		this.#texts = texts
		this.#needles = needles
		this.#overlap = needles.reduce((longest, { length }) => Math.max(longest, length), 1) - 1
	}

	isInSome(values: readonly string[]): boolean {
		return this.#texts.some((text) => values.some((value) => value.length >= text.length && value.includes(text)))
	}

	isIn(chunk: Buffer): boolean {
		if (this.#seen > looksAtBytes) return false
		this.#seen += chunk.length
		return this.#isAcross(chunk) || holds(chunk, this.#needles)
	}

	/** Whether it begins in what came before. */
	#isAcross(chunk: Buffer): boolean {
		const tail = this.#tail
		const overlap = this.#overlap
		this.#tail = chunk.length < overlap ? Buffer.concat([tail, chunk]).subarray(-overlap) : chunk.subarray(-overlap)
		return tail.length > 0 && holds(Buffer.concat([tail, chunk.subarray(0, overlap)]), this.#needles)
	}
}

const empty = Buffer.alloc(0)

const holds = (bytes: Buffer, needles: readonly Buffer[]): boolean => needles.some((needle) => bytes.includes(needle))
