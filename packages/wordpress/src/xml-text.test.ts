import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeXml, writableXml } from './xml-text.ts'

describe('text in XML', () => {
	it('cannot end the element or the attribute that it stands in', () => {
		expect(escapeXml('a<b>&"c"\r\n')).toBe('a&lt;b&gt;&amp;&quot;c&quot;&#13;\n')
	})

	it('is refused, and not quoted, where XML cannot carry it', () => {
		for (const bad of ['\u0000', '\u000B', '\uFFFE', '\uD800']) {
			expect(() => escapeXml(`secret${bad}`)).toThrow(/^(?!.*secret)/)
		}
	})

	it('can always be written once it was made writable', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const kept = writableXml(text)
				expect(() => escapeXml(kept)).not.toThrow()
				expect(writableXml(kept)).toBe(kept)
			}),
		)
		expect(writableXml('a\u0000b\uD800\u000B😀\t')).toBe('ab\uFFFD😀\t')
	})
})
