import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chunkPassword, isWordPressUuid, stripToAlphanumerics } from './application-password.ts'

it.each([
	['abcdEFGH1234ijklMNOP6789', 'abcd EFGH 1234 ijkl MNOP 6789'],
	['abc', 'abc'],
	['ab cd!ef', 'abcd ef'],
	['', ''],
	['!?', ''],
])('#19 writes %j in groups of four', (text, chunked) => {
	expect(chunkPassword(text)).toBe(chunked)
})

it.each([
	['abcd EFGH 1234 ijkl MNOP 6789', 'abcdEFGH1234ijklMNOP6789'],
	['abcd-EFGH!1234*ijkl&MNOP\u00A06789', 'abcdEFGH1234ijklMNOP6789'],
	['Ａb１é🚀\u0000', 'b'],
	['', ''],
])('#51 #52 leaves only letters and digits of %j, in their letter case', (text, stripped) => {
	expect(stripToAlphanumerics(text)).toBe(stripped)
})

it('#19 #51 strips what it chunked back to the same', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect(stripToAlphanumerics(chunkPassword(text))).toBe(stripToAlphanumerics(text))
			expect(stripToAlphanumerics(text)).toMatch(/^[A-Za-z0-9]*$/)
		}),
	)
})

it.each([
	['6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e', true],
	['6f2b1d1a-9c1e-5f0a-0b57-0d6c3b1f2a3e', true],
	['00000000-0000-0000-0000-000000000000', true],
	['6F2B1D1A-9C1E-4F0A-8B57-0D6C3B1F2A3E', false],
	['{6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e}', false],
	['urn:uuid:6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e', false],
	['6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e\n', false],
	['6f2b1d1a9c1e4f0a8b570d6c3b1f2a3e', false],
	['', false],
])('#20 calls %j a UUID: %s', (text, isUuid) => {
	expect(isWordPressUuid(text)).toBe(isUuid)
})
