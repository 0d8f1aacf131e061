import { addressAttributes, allowedAttributes, allowedElements } from './allowed-html.ts'
import { isPlainAddress, isPlainStyle } from './attribute-values.ts'
import { someText } from './some-text.ts'

/**
 * Whether a text holds anything that WordPress would not let an author store: scripts, frames, forms, handlers, strange
 * addresses. Strict: only tags in their plain spelling pass, whatever else follows a `<` does not, as a browser and WordPress may
 * read it differently. Linear.
 */
export function holdsUnfilteredHtml(text: string): boolean {
	for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
		const end = text.charCodeAt(at + 1) === exclamation ? skipComment(text, at) : skipTag(text, at)
		if (end < 0) return true
		at = end
	}
	return false
}

const exclamation = 33

/** The text after a comment; below 0 for what is none to every reader. */
function skipComment(text: string, at: number): number {
	if (!text.startsWith('<!--', at)) return -1
	const inside = at + 4
	const end = text.indexOf('--', inside)
	if (end < 0 || text[end + 2] !== '>' || text[inside] === '>' || text[inside] === '-') return -1
	return holdsBadAttributes(text.slice(inside, end)) ? -1 : end + 3
}

/** Blocks keep attributes as JSON in their comments, where `<` is `\u003c`, and show them again as HTML. */
function holdsBadAttributes(comment: string): boolean {
	if (!comment.includes('<') && !comment.includes('\\') && !comment.includes('tagName')) return false
	const from = comment.indexOf('{')
	const to = comment.lastIndexOf('}')
	if (from < 0 || to < from || comment.slice(0, from).includes('<') || comment.slice(to).includes('<')) return true
	try {
		const attributes: unknown = JSON.parse(comment.slice(from, to + 1))
		return someText(attributes, holdsUnfilteredHtml) || namesBadElement(attributes)
	} catch {
		return true
	}
}

/** Blocks write `tagName` as the name of their element. */
function namesBadElement(attributes: unknown): boolean {
	if (typeof attributes !== 'object' || attributes === null) return false
	return Object.entries(attributes).some(([name, value]: [string, unknown]) =>
		name === 'tagName' && value !== null && value !== ''
			? typeof value !== 'string' || !allowedElements.has(value)
			: namesBadElement(value),
	)
}

/** The text after a tag; below 0 for one that is not allowed. */
function skipTag(text: string, at: number): number {
	const isEnd = text.charCodeAt(at + 1) === slash
	const from = isEnd ? at + 2 : at + 1
	let to = from
	while (isNameCode(text.charCodeAt(to))) to++
	if (to === from || !isAllowedElement(text.slice(from, to))) return -1
	return text.charCodeAt(to) === greater ? to + 1 : skipAttributes(text, to, isEnd)
}

// Each matches from one place on, and no two parts of it take the same characters.
const attribute = /[ \t\r\n]+([a-zA-Z][a-zA-Z0-9_:-]*)(?:=(?:"([^"<>]*)"|'([^'<>]*)'))?/y
const closing = /[ \t\r\n]*\/?>/y

function skipAttributes(text: string, at: number, isEnd: boolean): number {
	let end = at
	for (;;) {
		if (text.charCodeAt(end) === greater) return end + 1
		attribute.lastIndex = end
		const found = attribute.exec(text)
		if (found === null) break
		if (isEnd || !isPlainAttribute(found[1] ?? '', found[2] ?? found[3] ?? '')) return -1
		end = attribute.lastIndex
	}
	closing.lastIndex = end
	return closing.test(text) ? closing.lastIndex : -1
}

function isAllowedElement(name: string): boolean {
	return allowedElements.has(name) || allowedElements.has(name.toLowerCase())
}

function isPlainAttribute(given: string, value: string): boolean {
	// Nothing is done with most of them, and most are written small.
	if (allowedAttributes.has(given)) return true
	const name = given.toLowerCase()
	if (name === 'style') return isPlainStyle(value)
	if (addressAttributes.has(name)) return isPlainAddress(value)
	return allowedAttributes.has(name) || name.startsWith('data-') || name.startsWith('aria-')
}

const slash = 47
const greater = 62

/** Letters and figures. */
function isNameCode(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
}
