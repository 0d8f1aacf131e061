import { describe, expect, it } from 'vitest'
import { createAuthorizeRequestsInMemory } from './authorize-requests.ts'
import { requestCases } from '../testing/request-cases.ts'

describe('requests that wait in memory', () => {
	for (const { name, run } of requestCases)
		it(name, async () => {
			let at = new Date('2026-11-22T12:00:00Z')
			const requests = createAuthorizeRequestsInMemory({ now: () => at })
			await run({ requests, now: () => at, wait: (ms) => (at = new Date(at.getTime() + ms)) })
		})

	it('forget the oldest when there are too many', () => {
		const requests = createAuthorizeRequestsInMemory({ limit: 2 })
		const request = { query: '', userId: 1, session: 's', tokenHash: 'h', shownAt: new Date() }
		for (const id of ['first', 'second', 'third']) void requests.keep(id, request)
		expect(['first', 'second', 'third'].map((id) => requests.find(id) !== undefined)).toEqual([false, true, true])
	})
})
