// Control, bidi, private, unassigned and lone-surrogate characters; the two joiners stay, scripts and emoji need them.
const UNSHOWABLE = /(?![\u200C\u200D])[\p{C}\u2028\u2029]/gu

/** Makes text from a site fit to be quoted: one line, nothing invisible or reordering, `limit` characters at most. Still to be escaped. */
export function quoteText(text: string, limit = 120): string {
	const line = text
		.slice(0, limit * 16)
		.replace(/[\s\u2028\u2029]+/gu, ' ')
		.replace(UNSHOWABLE, '')
		.replace(/ {2,}/g, ' ')
		.trim()
	const characters = Array.from(line)
	return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Undoes `esc_html`, with which WordPress stores titles: the named entities it writes, and numeric ones. Once, not repeatedly. */
export function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (all, decimal, hex, name) => {
		if (typeof name === 'string') return NAMED[name] ?? all
		const point = typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hex), 16)
		return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all
	})
}
