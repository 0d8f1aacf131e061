import { describe, expect, it } from 'vitest'
import { createThrottle, type Limited } from './throttle.ts'

function setUp(capacity?: number) {
	let nowMs = Date.parse('2026-11-21T12:00:00Z')
	const throttle = createThrottle({ now: () => new Date(nowMs), ...(capacity === undefined ? {} : { capacity }) })
	const seconds = (...limits: Limited[]) => {
		const admitted = throttle.admit(limits)
		return admitted.ok ? 0 : Number(admitted.problem.params['seconds'])
	}
	/** Looks without counting. */
	const waitOf = (limit: Limited) => {
		const admitted = throttle.admit([limit])
		if (!admitted.ok) return Number(admitted.problem.params['seconds'])
		admitted.value.cancelled()
		return 0
	}
	return { throttle, seconds, waitOf, pass: (ms: number) => (nowMs += ms) }
}

const bucket: Limited = { key: 'a', rule: { burst: 5, perHour: 60 } }
const backingOff: Limited = { key: 'b', rule: { burst: 1_000, perHour: 1_000, backOffAfter: 5 } }

describe('throttle', () => {
	it('admits a burst, then as many as grow back, and says how long to wait', () => {
		const { seconds, pass } = setUp()
		expect(Array.from({ length: 6 }, () => seconds(bucket))).toEqual([0, 0, 0, 0, 0, 60])
		pass(59_000)
		expect(seconds(bucket)).toBe(1)
		pass(1_000)
		expect([seconds(bucket), seconds(bucket)]).toEqual([0, 60])
	})

	it('never admits more in an hour than burst and growth together', () => {
		const { seconds, pass } = setUp()
		let admitted = 0
		for (let second = 0; second < 3_600; second += 1) {
			if (seconds(bucket) === 0) admitted += 1
			pass(1_000)
		}
		expect(admitted).toBeGreaterThan(60)
		expect(admitted).toBeLessThanOrEqual(65)
	})

	it('waits 1, 2, 4 … 30 seconds from the fifth failure on, and never longer', () => {
		const { seconds, waitOf, pass } = setUp()
		const waits = Array.from({ length: 12 }, () => {
			expect(seconds(backingOff)).toBe(0)
			const wait = waitOf(backingOff)
			pass(wait * 1_000)
			return wait
		})
		expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30])
	})

	it('does not count what succeeded, and forgets the failures before it', () => {
		const { throttle, seconds } = setUp()
		for (let attempt = 0; attempt < 50; attempt += 1) {
			for (let failure = 0; failure < 3; failure += 1) expect(seconds(backingOff)).toBe(0)
			const admitted = throttle.admit([backingOff])
			if (admitted.ok) admitted.value.succeeded()
			expect(admitted.ok).toBe(true)
		}
	})

	it('counts attempts that are under way, so that many at once cannot slip through', () => {
		const { throttle } = setUp()
		const admitted = Array.from({ length: 20 }, () => throttle.admit([bucket])).filter(({ ok }) => ok)
		expect(admitted).toHaveLength(5)
	})

	it('takes from all limits or from none', () => {
		const { seconds } = setUp()
		const other: Limited = { key: 'c', rule: { burst: 1, perHour: 1 } }
		expect([seconds(bucket, other), seconds(bucket, other), seconds(bucket, other)]).toEqual([0, 3_600, 3_600])
		expect(Array.from({ length: 5 }, () => seconds(bucket))).toEqual([0, 0, 0, 0, 60])
	})

	it('gives a success back once, however often it is told', () => {
		const { throttle, seconds } = setUp()
		const first = throttle.admit([bucket])
		for (let taken = 0; taken < 4; taken += 1) expect(seconds(bucket)).toBe(0)
		if (first.ok) for (let told = 0; told < 5; told += 1) first.value.succeeded()
		expect([seconds(bucket), seconds(bucket)]).toEqual([0, 60])
	})

	it('remembers a bounded number of keys, the last used ones', () => {
		const { seconds } = setUp(2)
		const one = (key: string): Limited => ({ key, rule: { burst: 1, perHour: 1 } })
		expect([seconds(one('a')), seconds(one('b')), seconds(one('a'))]).toEqual([0, 0, 3_600])
		expect([seconds(one('c')), seconds(one('a')), seconds(one('b'))]).toEqual([0, 3_600, 0])
	})

	it('neither locks nor opens when the clock is set back', () => {
		const { seconds, pass } = setUp()
		for (let taken = 0; taken < 6; taken += 1) seconds(bucket)
		pass(-86_400_000)
		expect(seconds(bucket)).toBe(60)
		pass(60_000)
		expect(seconds(bucket)).toBe(0)
	})

	it('does not forget one key for a flood of others that are refused', () => {
		const { seconds } = setUp(100)
		const network: Limited = { key: 'network', rule: { burst: 20, perHour: 60 } }
		for (let guess = 0; guess < 5; guess += 1) seconds(bucket)
		expect(seconds(bucket)).toBe(60)
		for (let guess = 0; guess < 1_000; guess += 1) seconds({ ...bucket, key: `name ${guess}` }, network)
		expect(seconds(bucket)).toBe(60)
	})
})
