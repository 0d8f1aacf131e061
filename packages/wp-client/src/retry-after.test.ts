import { expect, it } from 'vitest'
import { readRetryAfter } from './retry-after.ts'

const now = Date.parse('2026-11-21T10:00:00Z')

it.each([
	['120', 120],
	[' 5 ', 5],
	['0', 0],
	['99999', 3_600],
	['Sat, 21 Nov 2026 10:02:00 GMT', 120],
	['Sat, 21 Nov 2026 09:00:00 GMT', 0],
	['soon', undefined],
	['', undefined],
])('reads %j as %j seconds', (value, seconds) => {
	expect(readRetryAfter(new Headers({ 'retry-after': value }), now)).toBe(seconds)
})

it('reads nothing from an answer that names no time', () => {
	expect(readRetryAfter(new Headers(), now)).toBeUndefined()
})
