/** What `JSON.parse` lets pass and other readers read otherwise. `text`: half a surrogate pair, which PHP refuses. */
export type JsonFault =
	| { readonly kind: 'duplicate'; readonly key: string }
	| { readonly kind: 'too-deep' | 'prototype' | 'text' | 'number' }

/** Of the object or list that is open: the keys it has so far; undefined for a list. */
type Open = Set<string> | undefined

/** Looks once through text that `JSON.parse` has read without complaint, so its syntax need not be checked again. */
export function checkJson(text: string, maxDepth: number): JsonFault | undefined {
	const open: Open[] = []
	let mayBeKey = false
	for (let at = 0; at < text.length; at++) {
		switch (text.charCodeAt(at)) {
			case 0x22: {
				const end = endOfString(text, at)
				const keys = mayBeKey ? open.at(-1) : undefined
				const fault = checkString(text.slice(at + 1, end), keys)
				if (fault !== undefined) return fault
				mayBeKey = false
				at = end
				break
			}
			case 0x7b: // {
			case 0x5b: // [
				mayBeKey = text.charCodeAt(at) === 0x7b
				open.push(mayBeKey ? new Set() : undefined)
				if (open.length > maxDepth) return { kind: 'too-deep' }
				break
			case 0x7d: // }
			case 0x5d: // ]
				open.pop()
				mayBeKey = false
				break
			case 0x2c: // ,
				mayBeKey = open.at(-1) !== undefined
				break
			case 0x2d: // -
			case 0x30:
			case 0x31:
			case 0x32:
			case 0x33:
			case 0x34:
			case 0x35:
			case 0x36:
			case 0x37:
			case 0x38:
			case 0x39: {
				const end = endOfNumber(text, at)
				if (!keepsItsValue(text.slice(at, end))) return { kind: 'number' }
				at = end - 1
				break
			}
		}
	}
	return undefined
}

function endOfString(text: string, start: number): number {
	let end = text.indexOf('"', start + 1)
	while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
	return end
}

function isEscaped(text: string, at: number): boolean {
	let backslashes = 0
	while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++
	return backslashes % 2 === 1
}

function checkString(raw: string, keys: Open): JsonFault | undefined {
	if (keys === undefined) return raw.includes('\\u') && !unescape(raw).isWellFormed() ? { kind: 'text' } : undefined
	const key = raw.includes('\\') ? unescape(raw) : raw
	if (!key.isWellFormed()) return { kind: 'text' }
	if (key === '__proto__') return { kind: 'prototype' }
	if (keys.has(key)) return { kind: 'duplicate', key }
	keys.add(key)
	return undefined
}

function unescape(raw: string): string {
	return String(JSON.parse(`"${raw}"`))
}

function endOfNumber(text: string, start: number): number {
	let end = start + 1
	while (end < text.length && '0123456789.eE+-'.includes(text.charAt(end))) end++
	return end
}

/** Whether the number that is written anew is the number that was read: `1.50` is, `0.1000000000000000001` is not. */
function keepsItsValue(spelled: string): boolean {
	if (spelled.length <= 15 && !/[.eE]/.test(spelled)) return true
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
