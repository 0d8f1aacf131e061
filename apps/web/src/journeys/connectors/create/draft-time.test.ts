import { describe, expect, it } from 'vitest'
import { draftTime } from './draft-time.ts'

const now = Date.parse('2026-11-21T12:00:00Z')

describe('how long a draft still waits', () => {
	it('counts whole minutes and never promises more than there is', () => {
		expect(draftTime('2026-11-21T12:15:00Z', now)).toEqual({ state: 'waiting', minutes: 15 })
		expect(draftTime('2026-11-21T12:01:59Z', now)).toEqual({ state: 'waiting', minutes: 1 })
		expect(draftTime('2026-11-21T12:00:59Z', now)).toEqual({ state: 'last-minute' })
	})

	it('is over at the very moment, and for anything that has no time', () => {
		expect(draftTime('2026-11-21T12:00:00Z', now)).toEqual({ state: 'expired' })
		expect(draftTime(null, now)).toEqual({ state: 'expired' })
		expect(draftTime('nonsense', now)).toEqual({ state: 'expired' })
	})
})
