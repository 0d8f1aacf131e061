import { quoteText } from './quoted-text.ts'

/** JSON as sites really send it. `repaired` quotes what stood around it ("" when nothing but a byte order mark or spaces did). */
export type SiteJson =
	| { readonly ok: true; readonly value: unknown; readonly repaired: string }
	| { readonly ok: false; readonly reason: 'empty' | 'not-json' | 'spoilt' | 'too-deep'; readonly excerpt: string }

const DEPTH = 32
/** Starts tried, and how far into the text they may lie: a notice is short, and each try may read the whole text. */
const STARTS = 16
const PREFIX = 65_536

/**
 * Reads JSON that a PHP notice, a byte order mark or blank lines may surround. Nesting is counted before anything is parsed
 * and ends at 32. The size is the asker's business.
 */
export function readSiteJson(text: string): SiteJson {
	const bare = text.replace(/^[\uFEFF\s]+/u, '').trimEnd()
	if (bare === '') return { ok: false, reason: 'empty', excerpt: '' }
	const whole = parseFrom(bare, 0)
	if (whole.kind === 'value' && whole.end === bare.length) return { ok: true, value: whole.value, repaired: '' }
	if (isPage(bare)) return { ok: false, reason: 'not-json', excerpt: '' }
	const found = longestValue(bare)
	if (found === 'too-deep') return { ok: false, reason: 'too-deep', excerpt: '' }
	if (found !== undefined) {
		const around = `${bare.slice(0, found.start)} ${bare.slice(found.end)}`
		return { ok: true, value: found.value, repaired: quoteMarkup(around) || '…' }
	}
	const isMeantAsJson = /\{\s*"|\[\s*[{"]/.test(bare)
	return { ok: false, reason: isMeantAsJson ? 'spoilt' : 'not-json', excerpt: quoteMarkup(bare) }
}

type Parsed =
	| { readonly kind: 'value'; readonly value: unknown; readonly end: number }
	| { readonly kind: 'too-deep' }
	| { readonly kind: 'broken' }

type Found = { readonly start: number; readonly end: number; readonly value: unknown }

// A notice may hold brackets of its own ("Undefined array key [0]"), so the longest value is the answer. Where JSON
// begins and breaks the search ends: what lies inside is a part, not the answer.
function longestValue(text: string): Found | 'too-deep' | undefined {
	let best: Found | undefined
	let start = nextBracket(text, 0)
	for (let tries = 0; tries < STARTS && start >= 0 && start <= PREFIX; tries += 1) {
		const parsed = parseFrom(text, start)
		if (parsed.kind === 'too-deep') return 'too-deep'
		if (parsed.kind === 'broken' && /^(?:\{\s*"|\[\s*[{"])/.test(text.slice(start, start + 20))) return best
		if (parsed.kind === 'value' && (best === undefined || parsed.end - start > best.end - best.start))
			best = { start, end: parsed.end, value: parsed.value }
		start = nextBracket(text, parsed.kind === 'value' ? parsed.end : start + 1)
	}
	return best
}

function nextBracket(text: string, from: number): number {
	const found = text.slice(from).search(/[{[]/)
	return found < 0 ? -1 : from + found
}

function parseFrom(text: string, start: number): Parsed {
	const end = endOfValue(text, start)
	if (end === 'too-deep') return { kind: 'too-deep' }
	if (end === undefined) return { kind: 'broken' }
	try {
		return { kind: 'value', value: JSON.parse(text.slice(start, end)), end }
	} catch {
		return { kind: 'broken' }
	}
}

// Walks brackets and strings without recursion: 100,000 brackets must not reach the parser.
function endOfValue(text: string, start: number): number | 'too-deep' | undefined {
	const first = text[start]
	if (first !== '{' && first !== '[') return undefined
	let depth = 0
	for (let at = start; at < text.length; at += 1) {
		const character = text[at]
		if (character === '"') {
			at = endOfString(text, at)
			if (at < 0) return undefined
		} else if (character === '{' || character === '[') {
			depth += 1
			if (depth > DEPTH) return 'too-deep'
		} else if (character === '}' || character === ']') {
			depth -= 1
			if (depth === 0) return at + 1
		}
	}
	return undefined
}

function endOfString(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at += 1) {
		if (text[at] === '\\') at += 1
		else if (text[at] === '"') return at
	}
	return -1
}

function isPage(text: string): boolean {
	return /^(?:<!--[^]{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])/i.test(text.slice(0, 4000))
}

function quoteMarkup(text: string): string {
	return quoteText(text.slice(0, 8000).replace(/<[^<>]{0,200}>/g, ' '), 500)
}
