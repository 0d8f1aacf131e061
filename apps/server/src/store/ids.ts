import { randomFillSync } from 'node:crypto'

const ALPHABET = Buffer.from('abcdefghijklmnopqrstuvwxyz234567', 'latin1')
const LETTERS = 26

/** One prefix for each kind of thing, so that an id tells in a log what it names. */
export type IdPrefix = 'ins' | 'ws' | 'mem' | 'inv' | 'rec' | 'con' | 'not' | 'pk' | 'job' | 'lnk' | 'whk' | 'msg'

/** Random bytes are asked for by the hundred ids: each question costs more than the id. */
const random = new Uint8Array(LETTERS * 128)
let used = random.length
const letters = Buffer.alloc(LETTERS)

/** Makes an id nobody can guess: a prefix and 130 random bits in base32 (RFC 4648 §6, lower case, 26 letters). */
export function newId(prefix: IdPrefix): string {
	return `${prefix}_${randomLetters(LETTERS)}`
}

/** Nine letters of milliseconds, then 85 random bits: what is recorded together lies together in the store's index. */
export function newEventId(at: number): string {
	return `evt_${lettersOf(at)}${randomLetters(LETTERS - 9)}`
}

/** Much happens in one millisecond, and another base takes long to write. */
function lettersOf(at: number): string {
	if (at !== writtenAt) {
		writtenAt = at
		written = at.toString(32).padStart(9, '0')
	}
	return written
}

let writtenAt = -1
let written = ''

function randomLetters(count: number): string {
	if (used + count > random.length) {
		randomFillSync(random)
		used = 0
	}
	for (let at = 0; at < count; at += 1) letters[at] = ALPHABET[(random[used + at] ?? 0) & 31] ?? 0
	used += count
	return letters.toString('latin1', 0, count)
}

/** Whether a text from outside may be an id at all, ours or the account library's. Whatever else it is, nothing has it. */
export function isIdLike(text: string): boolean {
	return /^[\w-]{1,64}$/.test(text)
}
