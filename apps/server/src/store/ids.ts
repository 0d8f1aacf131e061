import { randomFillSync } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const LETTERS = 26

/** One prefix for each kind of thing, so that an id tells in a log what it names. */
export type IdPrefix = 'ins' | 'ws' | 'mem' | 'inv' | 'rec' | 'con' | 'evt' | 'not' | 'pk'

/** Random bytes are asked for by the hundred ids: each question costs more than the id. */
const random = new Uint8Array(LETTERS * 128)
let used = random.length

/** Makes an id nobody can guess: a prefix and 130 random bits in base32 (RFC 4648 §6, lower case, 26 letters). */
export function newId(prefix: IdPrefix): string {
	if (used === random.length) {
		randomFillSync(random)
		used = 0
	}
	let id = `${prefix}_`
	for (const end = used + LETTERS; used < end; used += 1) id += ALPHABET.charAt((random[used] ?? 0) & 31)
	return id
}

/** Whether a text from outside may be an id at all, ours or the account library's. Whatever else it is, nothing has it. */
export function isIdLike(text: string): boolean {
	return /^[\w-]{1,64}$/.test(text)
}
