import { readFileSync } from 'node:fs'
import { fail, ok, type Result, type Secret } from '@postern/vocabulary'

/** The password is the only factor of most accounts (NIST SP 800-63B-4 §3.1.1.2). In characters, not in UTF-16 units. */
const minCharacters = 15
export const maxPasswordBytes = 1024

/**
 * Judges a new password; `related` are names that everybody knows who knows whose it is.
 * Fails with `account/password-too-short`, `-too-long`, `-common`.
 */
export function judgePassword(password: Secret, related: readonly string[]): Result<void> {
	const text = password.reveal().normalize('NFC')
	if (Buffer.byteLength(text) > maxPasswordBytes)
		return fail('account/password-too-long', { params: { limit: maxPasswordBytes } })
	if (Array.from(text).length < minCharacters)
		return fail('account/password-too-short', { params: { limit: minCharacters } })
	return isCommon(text, related) ? fail('account/password-common') : ok()
}

const common = new Set(
	readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
		.split('\n')
		.filter((word) => word !== ''),
)

/** More different common words than this make a phrase that is hard to guess after all. */
const maxCommonWords = 3
/** As many digits or signs that follow no pattern make any word hard to guess. */
const unpredictableSigns = 12

/**
 * Whether guessing programs reach it early: nothing in it but a few common words or related names, runs of keys,
 * and some digits and signs around them. A single other letter, or a character beyond ASCII, is outside their lists.
 */
function isCommon(text: string, related: readonly string[]): boolean {
	const lower = text.toLowerCase()
	if (!/^[\x20-\x7e]+$/.test(lower)) return false
	if (/^(.{1,4}?)\1+.{0,3}$/.test(lower)) return true
	const names = new Set(related.flatMap(namesIn))
	return [lower, lower.replaceAll(/[013457@$!]/g, (sign) => lookalikes[sign] ?? sign)].some((spelling) =>
		isPredictable(spelling, names),
	)
}

const lookalikes: Readonly<Record<string, string>> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'@': 'a',
	$: 's',
	'!': 'i',
}

/** `Ann's Blog`: the whole without signs, and each part. */
function namesIn(name: string): string[] {
	const parts = name.toLowerCase().split(/[^a-z0-9]+/)
	return [parts.join(''), ...parts].filter((part) => part.length >= 3)
}

function isPredictable(text: string, names: ReadonlySet<string>): boolean {
	const words = new Set<string>()
	let signs = 0
	let position = 0
	while (position < text.length) {
		const run = runLength(text, position)
		const word = longestWord(text, position, names)
		if (run >= 3 && run >= word.length) position += run
		else if (word !== '') {
			words.add(word)
			position += word.length
		} else if (/[a-z]/.test(text.charAt(position))) return false
		else {
			signs += 1
			position += 1
		}
	}
	return words.size <= maxCommonWords && signs < unpredictableSigns
}

const longestCommonWord = Math.max(...Array.from(common, (word) => word.length))

/** The longest known word that begins here, at least two letters; empty if none does. */
function longestWord(text: string, position: number, names: ReadonlySet<string>): string {
	const longest = Math.max(longestCommonWord, ...Array.from(names, (name) => name.length))
	for (let end = Math.min(text.length, position + longest); end > position + 1; end -= 1) {
		const word = text.slice(position, end)
		if (common.has(word) || names.has(word)) return word
	}
	return ''
}

const keyRuns = [
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890',
	'qwertyuiop',
	'qwertzuiop',
	'azertyuiop',
	'asdfghjkl',
	'zxcvbnm',
	'yxcvbnm',
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
	'!@#$%^&*()',
].flatMap((run) => [run, [...run].toReversed().join('')])

/** How many characters from here are one key again and again, or neighbours in the alphabet or on the keyboard. */
function runLength(text: string, position: number): number {
	const same = /^(.)\1*/.exec(text.slice(position))?.[0].length ?? 1
	const along = keyRuns.map((run) => sharedLength(run.slice(run.indexOf(text.charAt(position))), text.slice(position)))
	return Math.max(same, ...along)
}

function sharedLength(a: string, b: string): number {
	let length = 0
	while (length < a.length && a[length] === b[length]) length += 1
	return length
}
