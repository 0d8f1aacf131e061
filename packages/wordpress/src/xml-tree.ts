import { SaxesParser, type XMLDecl } from 'saxes'

export type XmlElement = { readonly name: string; readonly children: XmlElement[]; text: string }

export type XmlRules = {
	readonly elements: number
	readonly depth: number
	/** Bytes of an element's name. */
	readonly nameLength: number
	/** Characters directly inside one element; those of `base64` are not counted. */
	readonly textLength: number
	/** Whether a declaration may name another encoding than UTF-8, because whoever decoded the bytes has seen to it. */
	readonly anyEncoding: boolean
}

/** `bound` is a document that is too large to be read, `doctype` one that declares more than elements. */
export type XmlRefusal = 'malformed' | 'doctype' | 'instruction' | 'encoding' | 'bound'

export type XmlTree =
	| { readonly ok: true; readonly root: XmlElement }
	| { readonly ok: false; readonly reason: XmlRefusal }

/**
 * Reads a whole XML 1.0 document into elements, bounded while it reads: no DOCTYPE, hence no entities but the five predefined,
 * no processing instructions, no attributes kept. A byte order mark and blank lines in front are forgiven.
 */
export function readXmlTree(xml: string, rules: XmlRules): XmlTree {
	// The parser takes half of a surrogate pair for a character.
	if (!xml.isWellFormed()) return { ok: false, reason: 'malformed' }
	const builder = new TreeBuilder(rules)
	try {
		const parser = makeParser(builder)
		writeInRuns(parser, builder, xml.replace(/^[\uFEFF\s]+/u, ''))
		checkDeclaration(parser.xmlDecl, rules)
		parser.close()
	} catch (error) {
		return { ok: false, reason: error instanceof Refused ? error.reason : 'malformed' }
	}
	const root = builder.document.children[0]
	return root === undefined ? { ok: false, reason: 'malformed' } : { ok: true, root }
}

/** Leaves the parser, which knows no other way to stop; caught above. */
class Refused extends Error {
	readonly reason: XmlRefusal

	constructor(reason: XmlRefusal) {
		super(reason)
		this.reason = reason
	}
}

function refuse(reason: XmlRefusal): never {
	throw new Refused(reason)
}

/** With an eighth handler V8 keeps the parser's properties in a dictionary, and all of it takes five times as long. */
function makeParser(builder: TreeBuilder): SaxesParser {
	const parser = new SaxesParser({ xmlns: false, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true })
	parser.on('error', () => refuse('malformed'))
	parser.on('doctype', () => refuse('doctype'))
	parser.on('processinginstruction', () => refuse('instruction'))
	parser.on('text', (text) => builder.addText(text))
	parser.on('cdata', (text) => builder.addText(text))
	parser.on('opentag', ({ name }) => builder.open(name))
	parser.on('closetag', () => builder.close())
	return parser
}

/** What texts stand in. */
const textTag = /<(?:base64|string|value|name)>/g
/** Characters that are worth a look of their own. */
const longRun = 64
/** Whatever the parser would not simply hand on: control characters, `\r`, which it folds, and the end of a CDATA section. */
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const notPlain = /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|\]\]>/

/**
 * Gives the document to the parser, but for long texts that stand directly behind an opening tag: those go to the builder as
 * they are, which is ten times as fast. Whether the tag is one, and not part of a comment or a CDATA section, the parser says:
 * it is the builder's last element once its `>` was read, and not before.
 */
function writeInRuns(parser: SaxesParser, builder: TreeBuilder, xml: string): void {
	let done = 0
	for (const match of xml.matchAll(textTag)) {
		const start = match.index + match[0].length
		const end = xml.indexOf('<', start)
		const text = end - start < longRun ? undefined : readRun(xml.slice(start, end), match[0])
		if (text === undefined) continue
		parser.write(xml.slice(done, start - 1))
		const before = builder.elements
		parser.write('>')
		const isOpened = builder.elements > before
		if (isOpened) builder.addText(text)
		done = isOpened ? end : start
	}
	parser.write(xml.slice(done))
}

/**
 * The text of a run with its five predefined entities resolved; undefined when the parser has to look at it. Lines of base64 may
 * end as they like: whoever reads it takes them out.
 */
function readRun(run: string, tag: string): string | undefined {
	if (tag === '<base64>' && !/[^A-Za-z0-9+/=\t\n\r ]/.test(run)) return run
	if (notPlain.test(run)) return undefined
	if (!run.includes('&')) return run
	// None of these makes a new `&`.
	const resolved = run
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&apos;', "'")
	return /&(?!amp;)/.test(resolved) ? undefined : resolved.replaceAll('&amp;', '&')
}

function checkDeclaration({ version = '1.0', encoding = 'UTF-8' }: XMLDecl, { anyEncoding }: XmlRules): void {
	if (version !== '1.0' || !(anyEncoding || /^utf-8$/i.test(encoding))) refuse('encoding')
}

class TreeBuilder {
	readonly document: XmlElement = { name: '', children: [], text: '' }
	readonly #rules: XmlRules
	readonly #open: XmlElement[] = []
	#top: XmlElement = this.document
	elements = 0

	constructor(rules: XmlRules) {
		this.#rules = rules
	}

	open(name: string): void {
		this.elements += 1
		const { elements, depth, nameLength } = this.#rules
		if (this.elements > elements || this.#open.length >= depth || isLongerThan(nameLength, name)) refuse('bound')
		const element = { name, children: [], text: '' }
		this.#top.children.push(element)
		this.#open.push(this.#top)
		this.#top = element
	}

	addText(text: string): void {
		this.#top.text += text
		if (this.#top.text.length > this.#rules.textLength && this.#top.name !== 'base64') refuse('bound')
	}

	close(): void {
		this.#top = this.#open.pop() ?? this.document
	}
}

/** Counted in the bytes of UTF-8, which are never fewer than the characters. */
export function isLongerThan(bytes: number, text: string): boolean {
	return text.length > bytes || (text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes)
}
