import { holdsUnfilteredHtml } from './holds-unfiltered-html.ts'

/** Of titles and comments WordPress lets those without `unfiltered_html` store less; these do nothing more than they do. */
const elements: ReadonlySet<string> = new Set(
	'a abbr acronym b blockquote br cite code del em i ins li ol p pre q s small span strike strong sub sup u ul'.split(
		' ',
	),
)
const tag = /<\/?([A-Za-z0-9]+)([^>]*)>/g
const attributes = /^(?:[ \t\r\n]+(?:cite|datetime|dir|href|lang|rel|target|title)=(?:"[^"]*"|'[^']*'))*[ \t\r\n]*\/?$/i

/**
 * Whether a title or a comment holds more than a line of text: a style or a class could lay it over a whole page, also over one of
 * the administration. Linear.
 */
export function holdsUnfilteredLine(text: string): boolean {
	if (!text.includes('<')) return false
	// What passes has every tag closed.
	if (holdsUnfilteredHtml(text)) return true
	for (const [, name = '', rest = ''] of text.matchAll(tag))
		if (!elements.has(name.toLowerCase()) || !attributes.test(rest)) return true
	return false
}
