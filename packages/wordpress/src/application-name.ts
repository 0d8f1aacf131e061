/**
 * Cleans the name of an application password as WordPress does: tags go, `script` and `style` with what they hold; a `<` that
 * opens no tag becomes `&lt;`; white space becomes single spaces; percent-octets (`%41`) go. Invalid UTF-16 gives an empty
 * name. Stricter than WordPress: control, bidi and zero-width characters go first, so that they hide nothing from the rest.
 */
export function sanitizeApplicationName(text: string): string {
	if (!text.isWellFormed()) return ''
	const shown = text.replace(hidden, '')
	const plain = shown.includes('<') ? stripTags(stripBlocks(escapeLoneBrackets(shown))) : shown
	const line = plain.replace(/[\t\n\r ]+/g, ' ').trim()
	return line.includes('%') ? stripOctets(line) : line
}

// Tab, line feed and carriage return separate words. Format characters include bidi controls, joiners and the byte order mark.
const hidden = /(?![\t\n\r])[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A `<` with another `<` or the end before the next `>` opens no tag: it and what follows it is text, and is escaped. */
function escapeLoneBrackets(text: string): string {
	return text.replace(/<[^<>]*(?:>|(?=<)|$)/g, (piece) => (piece.endsWith('>') ? piece : escapeHtml(piece)))
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#039;' }

function escapeHtml(text: string): string {
	return text
		.replace(/&(?!(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)/g, '&amp;')
		.replace(/[<>"']/g, (character) => entities[character] ?? character)
}

/** Removes `script` and `style` elements whole. One that is never closed loses only its tag. */
function stripBlocks(text: string): string {
	const opening = /<(script|style)[^>]*>/gi
	const neverClosed = new Set<string>()
	let kept = ''
	let position = 0
	for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
		const name = (found[1] ?? '').toLowerCase()
		if (neverClosed.has(name)) continue
		// Not in a lower-cased copy: some letters grow there, and what follows stands elsewhere.
		const closing = new RegExp(`</${name}>`, 'gi')
		closing.lastIndex = opening.lastIndex
		if (!closing.test(text)) {
			neverClosed.add(name)
			continue
		}
		kept += text.slice(position, found.index)
		position = closing.lastIndex
		opening.lastIndex = position
	}
	return kept + text.slice(position)
}

/** Removes tags, comments and `<?` blocks. What is never closed goes with all that follows it. */
function stripTags(text: string): string {
	let kept = ''
	let position = 0
	for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', open)) {
		const end = /\s/.test(text.charAt(open + 1)) ? open : endOfMarkup(text, open)
		kept += text.slice(position, open)
		position = end
		open = Math.max(end, open + 1)
	}
	return (kept + text.slice(position)).trim().replaceAll('<\n', '&lt;\n')
}

function endOfMarkup(text: string, open: number): number {
	if (text.startsWith('<?', open)) return endOf(text, '?>', open + 1)
	return text.startsWith('<!--', open) ? endOf(text, '-->', open + 2) : endOfTag(text, open)
}

function endOf(text: string, mark: string, from: number): number {
	const found = text.indexOf(mark, from)
	return found === -1 ? text.length : found + mark.length
}

/** A quoted `>` ends nothing; one tag may stand inside another. */
function endOfTag(text: string, open: number): number {
	let quote = ''
	let depth = 0
	for (let index = open; index < text.length; index += 1) {
		const character = text.charAt(index)
		if (quote !== '') quote = character === quote ? '' : quote
		else if (character === '"' || character === "'") quote = character
		else if (character === '<' && !/\s/.test(text.charAt(index + 1))) depth += 1
		else if (character === '>') depth -= 1
		if (depth === 0) return index + 1
	}
	return text.length
}

/** Removes what is left when percent-octets are taken out again and again: `%%4141` leaves nothing. In one pass. */
function stripOctets(text: string): string {
	const kept: string[] = []
	for (const character of text) {
		kept.push(character)
		if (/^%[0-9a-f]{2}$/i.test(kept.slice(-3).join(''))) kept.length -= 3
	}
	return kept.length === text.length ? text : kept.join('').replace(/ +/g, ' ').trim()
}
