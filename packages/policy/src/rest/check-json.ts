import type { FieldValue } from '../request.ts'
import { isList, isMap } from './field-value.ts'

/** What `JSON.parse` lets pass and other readers read otherwise. `text`: half a surrogate pair, which PHP refuses. */
export type JsonFault =
	| { readonly kind: 'duplicate'; readonly key: string }
	| { readonly kind: 'too-deep' | 'prototype' | 'text' | 'number' }

const [quote, comma, minus, zero, nine, colon, backslash] = [0x22, 0x2c, 0x2d, 0x30, 0x39, 0x3a, 0x5c]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Compares a text with what `JSON.parse` made of it: a key that stood twice is missing there. Takes about half as long as
 * `JSON.parse` itself.
 */
export function checkJson(text: string, value: FieldValue, maxDepth: number): JsonFault | undefined {
	const measured = measure(text)
	if (measured.depth > maxDepth) return { kind: 'too-deep' }
	if (!measured.keepsNumbers) return { kind: 'number' }
	const found = { members: 0, hasPrototype: false }
	countMembers(value, found)
	if (found.hasPrototype) return { kind: 'prototype' }
	if (found.members !== measured.members) return { kind: 'duplicate', key: findDuplicate(text) }
	// Only an escape can write half a pair: the text itself came out of UTF-8.
	return text.includes('\\u') && !isWellFormed(value) ? { kind: 'text' } : undefined
}

type Measured = { members: number; depth: number; keepsNumbers: boolean }

function measure(text: string): Measured {
	const measured = { members: 0, depth: 0, keepsNumbers: true }
	let depth = 0
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at)
		if (code === quote) at = endOfString(text, at)
		else if (code === colon) measured.members++
		else if (code === openBrace || code === openBracket) measured.depth = Math.max(measured.depth, ++depth)
		else if (code === closeBrace || code === closeBracket) depth--
		else if (code === minus || (code >= zero && code <= nine)) {
			const end = endOfNumber(text, at)
			measured.keepsNumbers &&= keepsItsValue(text.slice(at, end))
			at = end - 1
		}
	}
	return measured
}

/** Goes as deep as the text was measured to be. */
function countMembers(value: FieldValue, found: { members: number; hasPrototype: boolean }): void {
	if (isList(value)) for (const member of value) countMembers(member, found)
	if (!isMap(value)) return
	for (const key in value) {
		found.members++
		found.hasPrototype ||= key === '__proto__'
		countMembers(value[key] ?? null, found)
	}
}

function isWellFormed(value: FieldValue): boolean {
	if (typeof value === 'string') return value.isWellFormed()
	if (typeof value !== 'object' || value === null) return true
	return Object.entries(value).every(([key, member]) => key.isWellFormed() && isWellFormed(member))
}

/** Of a text that has one: the first key that its object had before. */
function findDuplicate(text: string): string {
	/** Keys of what is open; undefined for a list. */
	const open: (Set<string> | undefined)[] = []
	// A string is a key where one may begin: behind an opening brace, and behind a comma in an object.
	let mayBeKey = false
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at)
		if (code === openBrace || code === openBracket) open.push(code === openBrace ? new Set() : undefined)
		else if (code === closeBrace || code === closeBracket) open.pop()
		if (code === openBrace || code === comma) mayBeKey = open.at(-1) !== undefined
		if (code !== quote) continue
		const end = endOfString(text, at)
		const keys = mayBeKey ? open.at(-1) : undefined
		const key = keys === undefined ? '' : String(JSON.parse(text.slice(at, end + 1)))
		if (keys?.has(key) === true) return key
		keys?.add(key)
		mayBeKey = false
		at = end
	}
	throw new Error('No key stood twice.')
}

/** Short strings, as keys are, are over before `indexOf` has begun. */
function endOfString(text: string, start: number): number {
	for (let at = start + 1; at < start + 24; at++) {
		const code = text.charCodeAt(at)
		if (code === quote) return at
		if (code === backslash) at++
	}
	let end = text.indexOf('"', start + 23)
	while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
	return end
}

function isEscaped(text: string, at: number): boolean {
	let backslashes = 0
	while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes++
	return backslashes % 2 === 1
}

function endOfNumber(text: string, start: number): number {
	let end = start + 1
	for (let code = text.charCodeAt(end); isOfNumber(code); code = text.charCodeAt(end)) end++
	return end
}

/** Figures, point, signs and the letter of the exponent; past the end of the text the code is NaN. */
function isOfNumber(code: number): boolean {
	return (code >= 0x2b && code <= 0x39 && code !== 0x2c && code !== 0x2f) || code === 0x65 || code === 0x45
}

/** Whether the number that is written anew is the number that was read: `1.50` is, `0.1000000000000000001` is not. */
function keepsItsValue(spelled: string): boolean {
	// A double keeps fifteen figures.
	if (spelled.length <= 15 && !/[eE]/.test(spelled)) return true
	const value = Number(spelled)
	return Number.isFinite(value) && decimalOf(spelled) === decimalOf(String(value))
}

/** One spelling for each decimal number: its figures from the first to the last that is no zero, and their exponent. */
function decimalOf(spelled: string): string {
	const [mantissa = '', exponent = '0'] = spelled.toLowerCase().split('e')
	const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
	const figures = (whole + fraction).replace(/^0+/, '')
	let end = figures.length
	while (figures.charCodeAt(end - 1) === 0x30) end--
	if (end === 0) return '0'
	const power = Number(exponent) - fraction.length + (figures.length - end)
	return `${mantissa.startsWith('-') ? '-' : ''}${figures.slice(0, end)}e${power}`
}
