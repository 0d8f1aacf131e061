// XML 1.0 §2.2, lone surrogates apart.
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
const special = /[&<>"\r]/g
const references: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'\r': '&#13;',
}

/** Writes text into an element or an attribute. Throws a `RangeError` for what XML cannot carry; it may be a secret, so it is not quoted. */
export function escapeXml(text: string): string {
	if (writableXml(text) !== text) throw new RangeError('A text holds a character that XML cannot carry')
	return text.replace(special, (character) => references[character] ?? character)
}

/** Takes out what XML cannot carry (XML 1.0 §2.2); half a pair of surrogates becomes U+FFFD. */
export function writableXml(text: string): string {
	return text.toWellFormed().replace(unwritable, '')
}
