import { describe, expect, it } from 'vitest'
import { findTotpStep, totpCode } from './totp.ts'

const seed = Buffer.from('12345678901234567890')
const at = (seconds: number) => new Date(seconds * 1000)

describe('findTotpStep', () => {
	it.each([
		[59, '287082'],
		[1_111_111_109, '081804'],
		[1_111_111_111, '050471'],
		[1_234_567_890, '005924'],
		[2_000_000_000, '279037'],
		[20_000_000_000, '353130'],
	])('agrees with RFC 6238 at %i s', (seconds, code) => {
		expect(findTotpStep({ seed, code }, at(seconds))).toBe(Math.floor(seconds / 30))
	})

	it('takes the codes of one step before and after, and no others', () => {
		const step = 50_000_000
		const found = [-2, -1, 0, 1, 2].map((off) =>
			findTotpStep({ seed, code: totpCode(seed, step + off) }, at(step * 30 + 15)),
		)
		expect(found).toEqual([undefined, step - 1, step, step + 1, undefined])
	})

	it('does not mind spaces, and knows only the digits 0 to 9', () => {
		expect(findTotpStep({ seed, code: ' 287 082 ' }, at(59))).toBe(1)
		expect(findTotpStep({ seed, code: '287\u00a0082' }, at(59))).toBe(1)
		for (const code of ['٢٨٧٠٨٢', '２８７０８２', '28708', '2870822', '', 'abcdef', '287082\0'])
			expect(findTotpStep({ seed, code }, at(59))).toBeUndefined()
	})
})
