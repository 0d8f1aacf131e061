import type { ProblemDocument } from '@postern/api/contract'
import { problems, type ProblemCode } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { newAccountFields, newPasswordFields } from './account-problems.ts'
import { fieldOf, fieldSentence } from './field-problem.ts'

function document(code: ProblemCode, more: Partial<ProblemDocument> = {}): ProblemDocument {
	const { status, fixedBy, retry } = problems[code]
	const texts = { type: `/problems/${code}`, title: '', detail: '', requestId: 'r', steps: [] }
	return { ...texts, code, status, fixedBy, retry, params: {}, ...more }
}

const fields = ['email', 'username', 'password'] as const

describe('fieldOf', () => {
	it('believes the server’s pointer, however deep the field lies', () => {
		expect(fieldOf(document('request/type-error', { pointer: '/account/username' }), fields)).toBe('username')
		expect(fieldOf(document('request/type-error', { pointer: '/email' }), fields)).toBe('email')
	})

	it('knows the field by the code where there is no pointer', () => {
		expect(fieldOf(document('account/password-common'), fields, newAccountFields)).toBe('password')
		expect(fieldOf(document('account/password-common'), ['newPassword'], newPasswordFields)).toBe('newPassword')
	})

	it('gives no field where the problem is about the whole request', () => {
		expect(fieldOf(document('account/throttled'), fields, newAccountFields)).toBeUndefined()
		expect(fieldOf(document('request/type-error', { pointer: '/other' }), fields)).toBeUndefined()
	})
})

describe('fieldSentence', () => {
	it('says what is wrong and what it needs, in the person’s language', () => {
		const problem = document('account/password-too-short', { params: { limit: 15 } })
		const [english, japanese] = [fieldSentence(problem, 'en'), fieldSentence(problem, 'ja')]
		expect(english).toContain('15')
		expect(japanese).toContain('15')
		expect(japanese).toMatch(/\p{Script=Hiragana}/u)
		expect(english).not.toMatch(/\p{Script=Hiragana}/u)
	})
})
