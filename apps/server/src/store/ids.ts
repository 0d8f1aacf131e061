import { randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** One prefix for each kind of thing, so that an id tells in a log what it names. */
export type IdPrefix = 'ins' | 'ws' | 'mem' | 'inv' | 'rec' | 'con' | 'evt' | 'not' | 'pk'

/** Makes an id nobody can guess: a prefix and 128 random bits in base32 (RFC 4648 §6, lower case, 26 letters). */
export function newId(prefix: IdPrefix): string {
	let bits = BigInt(`0x${randomBytes(16).toString('hex')}`) << 2n // 130 bits are 26 letters of 5
	let letters = ''
	for (let length = 0; length < 26; length += 1) {
		letters = ALPHABET.charAt(Number(bits & 31n)) + letters
		bits >>= 5n
	}
	return `${prefix}_${letters}`
}

/** Whether a text from outside may be an id at all, ours or the account library's. Whatever else it is, nothing has it. */
export function isIdLike(text: string): boolean {
	return /^[\w-]{1,64}$/.test(text)
}
