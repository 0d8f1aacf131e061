import { formatBasicCredentials } from '@postern/wordpress'
import type { SiteCredential } from '../access/open-credential.ts'

/** Notices a credential in what comes back from the site that it was sent to, as debug pages and dumps of headers have it. */
export type Reflection = {
	isInText(text: string): boolean
	/** Whether it ends in this piece of the body. */
	isIn(chunk: Buffer): boolean
}

/** A page that dumps what it was sent does so near its beginning. */
const looksAtBytes = 262_144
/** What is shorter is found by accident. */
const shortest = 12

/** Looks for a credential in the two forms in which it was sent: the pair, and the password that PHP takes out of it. */
export function createReflection({ username, password }: SiteCredential): Reflection {
	const pair = formatBasicCredentials(username, password).slice('Basic '.length)
	const texts = [pair, password.reveal()].filter(({ length }) => length >= shortest)
	if (pair.includes('/')) texts.push(pair.replaceAll('/', '\\/'))
	const needles = texts.map((text) => Buffer.from(text))
	const overlap = Math.max(1, ...needles.map(({ length }) => length)) - 1
	let tail: Buffer = empty
	let seen = 0
	return {
		isInText: (text) => texts.some((needle) => text.includes(needle)),
		isIn(chunk) {
			if (seen > looksAtBytes) return false
			seen += chunk.length
			const isAcross = tail.length > 0 && holds(Buffer.concat([tail, chunk.subarray(0, overlap)]), needles)
			tail = chunk.length < overlap ? Buffer.concat([tail, chunk]).subarray(-overlap) : chunk.subarray(-overlap)
			return isAcross || holds(chunk, needles)
		},
	}
}

const empty = Buffer.alloc(0)

const holds = (bytes: Buffer, needles: readonly Buffer[]): boolean => needles.some((needle) => bytes.includes(needle))
