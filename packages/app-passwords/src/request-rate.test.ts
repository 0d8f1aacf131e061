import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRequestRate } from './request-rate.ts'

const minuteMs = 60_000

/** The times at which a request was let through. */
function admitted(times: readonly number[], perMinute: number): readonly number[] {
	const waitOf = createRequestRate(10)
	return times.filter((time) => waitOf('one', perMinute, time) === 0)
}

describe('the rate of requests', () => {
	it('lets no more than the limit through where one minute ends and the next begins', () => {
		const late = [0, ...Array<number>(9).fill(59_500), ...Array<number>(10).fill(60_000)]
		expect(admitted(late, 10)).toEqual([0, ...Array<number>(9).fill(59_500), 60_000])
	})

	it('never lets more than the limit through within a minute, to the second', () => {
		const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 100 })
		fc.assert(
			fc.property(steps, fc.integer({ min: 1, max: 12 }), (pauses, perMinute) => {
				let now = 0
				const passed = admitted(
					pauses.map((pause) => (now += pause)),
					perMinute,
				)
				for (const [index, time] of passed.slice(perMinute).entries())
					expect(time - (passed[index] ?? 0)).toBeGreaterThan(minuteMs - 1_000)
			}),
		)
	})

	it('says exactly when the next one passes', () => {
		const waitOf = createRequestRate(10)
		for (const time of [0, 20_000]) expect(waitOf('one', 2, time)).toBe(0)
		expect(waitOf('one', 2, 20_000)).toBe(40_000)
		expect(waitOf('one', 2, 59_999)).toBe(1)
		expect(waitOf('one', 2, 60_000)).toBe(0)
		expect(waitOf('one', 2, 60_000)).toBe(20_000)
	})

	it('lets a high limit be used up at once, and counts each password apart', () => {
		const waitOf = createRequestRate(10)
		const waits = Array.from({ length: 5_001 }, () => waitOf('one', 5_000, 7))
		expect(waits.filter((wait) => wait === 0)).toHaveLength(5_000)
		expect(waitOf('other', 5_000, 7)).toBe(0)
	})
})
