import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatBase64, readBase64 } from './base64.ts'

it('reads back what it writes, at every length and far beyond one chunk', () => {
	fc.assert(
		fc.property(fc.uint8Array({ size: 'large', maxLength: 40_000 }), (bytes) => {
			const written = formatBase64(bytes)
			expect(written).toBe(Buffer.from(bytes).toString('base64'))
			expect(readBase64(written)).toEqual(bytes)
		}),
		{ numRuns: 20 },
	)
	const large = new Uint8Array(1_000_001).map((_, index) => index)
	expect(Buffer.compare(Buffer.from(formatBase64(large), 'base64'), large)).toBe(0)
})

it.each(['@@@@', 'a', 'YQ==YQ==', 'Y-_Y', 'é'])('refuses %s', (text) => {
	expect(readBase64(text)).toBeUndefined()
})
