import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatBase64, tidyBase64 } from './base64.ts'

it('reads back what it writes, at every length and far beyond one chunk', () => {
	fc.assert(
		fc.property(fc.uint8Array({ size: 'large', maxLength: 40_000 }), (bytes) => {
			const written = formatBase64(bytes)
			expect(written).toBe(Buffer.from(bytes).toString('base64'))
			expect(tidyBase64(written)).toBe(written)
		}),
		{ numRuns: 20 },
	)
	const large = new Uint8Array(1_000_001).map((_, index) => index)
	expect(Buffer.compare(Buffer.from(formatBase64(large), 'base64'), large)).toBe(0)
})

it('takes what a browser takes, and refuses the rest', () => {
	const pieces = fc.constantFrom('A', 'b', '9', '+', '/', '=', '==', ' ', '\n', '\r', '\t', '-', '_', 'é', 'AAAA')
	fc.assert(
		fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
			const text = all.join('')
			const tidy = tidyBase64(text)
			if (tidy === undefined) expect(() => atob(text)).toThrow('')
			else expect(atob(tidy)).toBe(atob(text))
		}),
		{ numRuns: 2_000 },
	)
})

it.each(['@@@@', 'a', 'YQ==YQ==', 'Y-_Y', 'é', 'Y===', '====', 'YQ='])('refuses %s', (text) => {
	expect(tidyBase64(text)).toBeUndefined()
})
