import { describe, expect, it } from 'vitest'
import { relativeTime } from './format-time.ts'

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
