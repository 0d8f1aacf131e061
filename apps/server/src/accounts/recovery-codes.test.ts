import { describe, expect, it } from 'vitest'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'

describe('recovery codes', () => {
	it('are ten different ones of 80 bits, in groups of four', () => {
		const codes = newRecoveryCodes()
		expect(new Set(codes).size).toBe(10)
		for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
	})

	it('are the same however they are typed, and a hash is none', () => {
		const hash = hashRecoveryCode('abcd-efgh-2345-mnop')
		expect(hashRecoveryCode(' ABCD EFGH2345-mnop ')).toBe(hash)
		expect(hashRecoveryCode('abcd-efgh-2345-mnoq')).not.toBe(hash)
		expect(hashRecoveryCode(hash)).not.toBe(hash)
	})
})
