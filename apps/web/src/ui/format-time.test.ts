import { describe, expect, it } from 'vitest'
import { relativeTime, timeLeft } from './format-time.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString()

describe('relativeTime', () => {
	it('never says more time has passed than has', () => {
		expect(relativeTime(ago(0.5), now, 'en')).toBe('now')
		expect(relativeTime(ago(59), now, 'en')).toBe('59 minutes ago')
		expect(relativeTime(ago(119), now, 'en')).toBe('1 hour ago')
		expect(relativeTime(ago(24 * 60), now, 'en')).toBe('yesterday')
	})

	it('looks ahead too', () => {
		expect(relativeTime(ago(-15), now, 'en')).toBe('in 15 minutes')
		expect(relativeTime(ago(-15), now, 'ja')).toBe('15 分後')
		expect(relativeTime(ago(-7 * 24 * 60 + 1), now, 'en')).toBe('in 7 days')
	})

	it('gives the date where "ago" would help nobody', () => {
		expect(relativeTime(ago(60 * 24 * 31), now, 'en')).toBe('Oct 21, 2026')
	})
})

describe('timeLeft', () => {
	it('never promises a shorter wait than there is', () => {
		expect(timeLeft(4 * 60_000 + 11_001, 'en')).toBe('4 minutes 12 seconds')
		expect(timeLeft(3_600_000 + 59 * 60_000 + 1, 'en')).toBe('2 hours')
		expect(timeLeft(3_600_001, 'en')).toBe('1 hour 1 minute')
		expect(timeLeft(86_400_000, 'en')).toBe('24 hours')
		expect(timeLeft(3_599_001, 'ja')).toBe('1 時間')
		expect(timeLeft(0, 'ja')).toBe('1 秒')
	})
})
