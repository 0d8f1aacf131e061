import { expect, it } from 'vitest'
import { readRestError } from './rest-error.ts'

it('reads a refusal in the shape of WordPress, with or without a status', () => {
	const answer = { code: 'rest_not_logged_in', message: 'You are not currently logged in.', data: { status: 401 } }
	expect(readRestError(answer)).toEqual({ code: 'rest_not_logged_in', message: answer.message, status: 401 })
	expect(readRestError({ code: 'x', message: '', data: null })).toEqual({ code: 'x', message: '' })
	expect(readRestError({ code: 'x', message: '', data: [] })).toEqual({ code: 'x', message: '' })
})

it.each([[{ code: 4, message: 'x' }], [{ code: 'a b', message: 'x' }], [{ code: 'x' }], [[]], [null], ['x']])(
	'reads nothing from %j',
	(value) => expect(readRestError(value)).toBeUndefined(),
)
