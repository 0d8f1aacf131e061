import { APIError } from 'better-auth/api'
import { describe, expect, it } from 'vitest'
import { fail } from '@postern/vocabulary'
import { StoreTrouble } from '../store/store-trouble.ts'
import { asResult, callLibrary, unwrapTrouble } from './library-calls.ts'
import { TooManyHashes } from './password-hashes.ts'

const throwing = (error: unknown) => async () => {
	throw error
}
const trouble = new StoreTrouble(fail('store/full').problem)
const wrapped = new APIError('INTERNAL_SERVER_ERROR', { message: 'something' })
wrapped.cause = trouble

describe('calling the account library', () => {
	it('turns what it refuses into our problems', async () => {
		const refusal = new APIError('UNAUTHORIZED', { code: 'INVALID_CODE', message: 'Invalid code' })
		expect(await asResult(throwing(refusal))).toMatchObject({
			problem: { code: 'account/second-factor-wrong', params: {} },
		})
	})

	it('says when too many passwords are being hashed', async () => {
		expect(await asResult(throwing(new TooManyHashes()))).toMatchObject({
			problem: { code: 'account/throttled', params: { seconds: 1 } },
		})
	})

	it('lets trouble of the store out as such, and bugs as they are', async () => {
		for (const call of [asResult, unwrapTrouble]) {
			await expect(call(throwing(trouble))).rejects.toBe(trouble)
			await expect(call(throwing(wrapped))).rejects.toBe(trouble)
			const bug = new TypeError('a bug')
			await expect(call(throwing(bug))).rejects.toBe(bug)
			const unknown = new APIError('BAD_REQUEST', { code: 'SOMETHING_NEW', message: 'new' })
			await expect(call(throwing(unknown))).rejects.toBe(unknown)
		}
	})

	it('tells it the caller’s address as we know it, and nothing else that the caller claims', async () => {
		const claims = {
			'x-forwarded-for': '198.51.100.9',
			'x-postern-address': '198.51.100.9',
			authorization: 'Bearer x',
			cookie: 'a=1',
			'user-agent': 'x'.repeat(5_000),
		}
		const visit = { ip: '203.0.113.7', userAgent: 'a browser', headers: new Headers(claims), cookies: [] as string[] }
		let told: Headers | undefined
		await callLibrary(visit, async (headers) => {
			told = headers
			return {
				headers: new Headers([
					['set-cookie', 'b=2'],
					['set-cookie', 'c=3'],
				]),
				response: 1,
			}
		})
		expect(Object.fromEntries(told ?? [])).toEqual({
			'x-postern-address': '203.0.113.7',
			cookie: 'a=1',
			'user-agent': 'a browser',
		})
		expect(visit.cookies).toEqual(['b=2', 'c=3'])
	})
})
