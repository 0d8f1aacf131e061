import { describe, expect, it } from 'vitest'
import { diagnosis } from '../store/cases/connector.testing.ts'
import { nextCheckAt } from './next-check.ts'

const now = new Date('2026-11-22T12:00:00Z')
const minutes = (check: Date | undefined) => check && Math.round((check.getTime() - now.getTime()) / 60_000)
const at = (failures: number, rejectedLogins = 0, found: typeof diagnosis | null = null, random = 0) =>
	minutes(nextCheckAt({ failures, rejectedLogins }, found, { now, random: () => random }))

describe('the next look at a connector', () => {
	it('comes in about a day, not at the same minute for all', () => {
		expect([at(0, 0, null, 0), at(0, 0, null, 0.5), at(0, 0, null, 1)]).toEqual([1_325, 1_440, 1_555])
	})

	it('comes soon after a failure, then later and later, and never sooner than ten minutes', () => {
		expect([1, 2, 3, 4, 5, 6, 99].map((failures) => at(failures))).toEqual([10, 30, 60, 180, 720, 1_440, 1_440])
		expect([1, 2].map((failures) => at(failures, 0, null, 1))).toEqual([12, 36])
	})

	it('comes no sooner than the site asked for, but within a day', () => {
		const limited = { ...diagnosis, code: 'site/rate-limited' as const, params: { host: 'a', seconds: 3_600 } }
		expect(at(1, 0, limited)).toBe(60)
		const until = (code: 'site/maintenance' | 'site-credential/locked-out', retryAt: string) => ({
			...diagnosis,
			code,
			params: { host: 'a', retryAt },
		})
		const maintenance = (retryAt: string) => until('site/maintenance', retryAt)
		expect(at(1, 0, maintenance('2026-11-22T12:45:00Z'))).toBe(45)
		expect(at(1, 0, maintenance(''))).toBe(10)
		expect(at(1, 0, maintenance('2029-01-01T00:00:00Z'))).toBe(1_440)
		const lockedOut = (retryAt: string) => until('site-credential/locked-out', retryAt)
		expect(at(1, 0, lockedOut('2026-11-22T12:45:00Z'))).toBe(45)
		expect(at(3, 0, lockedOut('2026-11-22T12:05:00Z'))).toBe(60)
		expect(at(1, 0, lockedOut(''))).toBe(1_440)
	})

	it('does not come any more after three refused logins', () => {
		expect(at(3, 2)).toBe(60)
		expect(at(3, 3)).toBeUndefined()
	})
})
