import { localProblem } from '@postern/api/client'
import { problemCodes } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { checkFields, fieldOfProblem, firstField } from './credential-fields.ts'
import { withKey, withUsername } from './fields.testing.ts'

const type = { fields: [...withUsername] }

const good = { address: 'blog.example', username: 'ada', applicationPassword: 'abcd EFGH 1234 ijkl MNOP 6789' }
const codesOf = (fields: Partial<typeof good>) =>
	Object.entries(checkFields(type, { ...good, ...fields })).map(([name, problem]) => [name, problem.code])

describe('the fields of the second step', () => {
	it('lets through what WordPress made', () => {
		expect(checkFields(type, good)).toEqual({})
	})

	it('names every missing field at once', () => {
		expect(codesOf({ address: ' ', username: '', applicationPassword: '' })).toEqual([
			['address', 'address/required'],
			['username', 'site-credential/username-required'],
			['applicationPassword', 'site-credential/password-required'],
		])
	})

	it('keeps a login password in the browser', () => {
		expect(codesOf({ applicationPassword: 'Tr0ub4dor&3' })).toEqual([
			['applicationPassword', 'site-credential/looks-like-login-password'],
		])
	})

	it('tells how long a half copied password is', () => {
		const problem = checkFields(type, { ...good, applicationPassword: 'abcd EFGH 1234 ijkl' }).applicationPassword
		expect(problem).toMatchObject({ code: 'site-credential/password-length', params: { length: 16 } })
	})

	it('never repeats the password in a problem', () => {
		const applicationPassword = 'Tr0ub4dor&3'
		expect(JSON.stringify(checkFields(type, { ...good, applicationPassword }))).not.toContain(applicationPassword)
	})

	it('shows refusals of the form at their field, and verdicts of the site in a card', () => {
		const atFields = problemCodes.filter((code) => fieldOfProblem(type, localProblem(code)) !== undefined)
		expect(atFields).toContain('site-credential/username-required')
		expect(atFields).not.toContain('site-credential/rejected')
		expect(atFields).not.toContain('address/blocked')
	})

	it('asks of each type what it names, a single key for instance', () => {
		const one = { fields: [...withKey] }
		expect(Object.keys(checkFields(one, { address: 'blog.example', username: '' }))).toEqual(['key'])
		expect(checkFields(one, { address: 'blog.example', key: 'anything' })).toEqual({})
	})

	it('moves to the topmost field that needs attention', () => {
		expect(firstField(type, checkFields(type, { ...good, username: '', applicationPassword: '' }))).toBe('username')
		expect(firstField(type, {})).toBeUndefined()
	})
})
