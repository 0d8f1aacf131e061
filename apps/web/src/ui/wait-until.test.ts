import { localProblem } from '@postern/api/client'
import { problemCodes, problems } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { firstSeen, waitUntil } from './wait-until.ts'

const aroseAt = Date.parse('2026-11-21T12:00:00Z')
const host = 'blog.example'

describe('waitUntil', () => {
	it('counts the seconds of a site from when it named them', () => {
		expect(waitUntil(localProblem('site/rate-limited', { host, seconds: 90 }), aroseAt)).toBe(aroseAt + 90_000)
	})

	it('takes the end of a lock as the site gave it', () => {
		const locked = localProblem('site-credential/locked-out', { host, retryAt: '2026-11-21T12:15:00Z' })
		expect(waitUntil(locked, aroseAt)).toBe(aroseAt + 900_000)
		expect(waitUntil(localProblem('site/maintenance', { host, retryAt: '' }), aroseAt)).toBeUndefined()
	})

	it('does not take for a wait how long Postern itself has waited', () => {
		expect(waitUntil(localProblem('network/timeout', { host, seconds: 10 }), aroseAt)).toBeUndefined()
	})

	it('knows every problem that names a time', () => {
		const timed = problemCodes.filter((code) => {
			const params: readonly string[] = problems[code].params
			return problems[code].retry === 'after-wait' && (params.includes('seconds') || params.includes('retryAt'))
		})
		const told = { host, seconds: 5, retryAt: '2026-11-21T12:15:00Z' }
		const without = timed.filter((code) => waitUntil(localProblem(code, told), aroseAt) === undefined)
		expect(without).toEqual(['network/timeout'])
		expect(timed.length).toBeGreaterThan(5)
	})
})

it('does not begin a wait anew when its screen is opened again', () => {
	const problem = localProblem('site/rate-limited', { host, seconds: 90 })
	expect(firstSeen(problem, aroseAt)).toBe(aroseAt)
	expect(firstSeen(problem, aroseAt + 30_000)).toBe(aroseAt)
	expect(firstSeen({ ...problem }, aroseAt + 30_000)).toBe(aroseAt + 30_000)
})
