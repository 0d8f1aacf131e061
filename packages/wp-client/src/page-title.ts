import { decodeEntities, quoteText } from '@postern/wordpress'

/** The title of an HTML page, fit to be quoted; "" without one. */
export function readPageTitle(html: string): string {
	const title = /<title[^>]{0,200}>([^<]{0,2000})/i.exec(html.slice(0, 65_536))?.[1] ?? ''
	return quoteText(decodeEntities(title), 120)
}

export function isPage(text: string): boolean {
	return /^[\uFEFF\s]*</.test(text)
}
