import type { Fields, FieldValue } from '../request.ts'
import { holdsUnfilteredHtml } from './holds-unfiltered-html.ts'
import { holdsUnfilteredLine } from './holds-unfiltered-line.ts'
import { someText } from './some-text.ts'

/** Whether any text of a request, however deep, holds what only `html:unfiltered` may store. Passwords are no HTML. */
export function holdsUnfilteredField(fields: Fields, lines: readonly string[] = ofLines): boolean {
	for (const [name, value] of fields) {
		if (name === 'password') continue
		const test = lines.includes(name) ? holdsUnfilteredLine : holdsUnfilteredHtml
		if (name === 'meta' ? holdsInMeta(value) : someText(value, test)) return true
	}
	return false
}

/** Fields that hold a line, unless a route says otherwise. */
const ofLines = ['title']

/** WordPress' footnotes are JSON within a text: `[{"content":"<em>…</em>","id":"…"}]`. */
function holdsInMeta(meta: FieldValue): boolean {
	if (typeof meta !== 'object' || meta === null) return someText(meta, holdsUnfilteredHtml)
	return Object.entries(meta).some(([name, value]) =>
		name === 'footnotes' && typeof value === 'string'
			? holdsInJson(value)
			: someText([name, value], holdsUnfilteredHtml),
	)
}

function holdsInJson(text: string): boolean {
	if (!text.includes('<') && !text.includes('\\')) return false
	try {
		const value: unknown = JSON.parse(text)
		return someText(value, holdsUnfilteredHtml)
	} catch {
		return true
	}
}
