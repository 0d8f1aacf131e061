import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeEntities, quoteText } from './quoted-text.ts'

it('quotes one line without anything that hides or reorders text', () => {
	expect(quoteText('  Fish\u0000 &\n\tchips \u202Egnp.exe\u2066 \u001B[31m ')).toBe('Fish & chips gnp.exe [31m')
	expect(quoteText('👨‍👩‍👧 نمی‌خواهم')).toBe('👨‍👩‍👧 نمی‌خواهم')
})

it('never gives more than the limit, nor a control or bidi character, nor half a character', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (text, limit) => {
			const quoted = quoteText(text, limit)
			expect(Array.from(quoted).length).toBeLessThanOrEqual(limit)
			expect(quoted).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u)
			expect(quoted.isWellFormed()).toBe(true)
		}),
	)
})

it('undoes esc_html once', () => {
	expect(decodeEntities('Tom &amp; Jerry&#039;s &lt;b&gt; &#x1F600; &amp;lt; &unknown; &#0;')).toBe(
		"Tom & Jerry's <b> 😀 &lt; &unknown; &#0;",
	)
})
