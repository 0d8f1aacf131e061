import { expect, it } from 'vitest'
import { type Check, pointsOf, summaryOf } from './health-summary.ts'

const checks: readonly Check[] = [
	{ at: '2026-11-20T00:00:00Z', state: 'healthy', code: null, latencyMs: 120 },
	{ at: '2026-11-21T00:00:00Z', state: 'unreachable', code: 'network/timeout', latencyMs: 10_000 },
	{ at: '2026-11-22T00:00:00Z', state: 'healthy', code: null, latencyMs: null },
]

it('counts what failed', () => {
	expect(summaryOf(checks)).toEqual({ count: 3, failed: 1 })
	expect(summaryOf([])).toEqual({ count: 0, failed: 0 })
})

it('draws how long an answer took, and a failure on the ground line instead of as a long answer', () => {
	const [times, works, fails] = pointsOf(checks)
	expect(times.map((time) => new Date(time * 1_000).toISOString().slice(0, 10))).toEqual([
		'2026-11-20',
		'2026-11-21',
		'2026-11-22',
	])
	expect(works).toEqual([120, null, null])
	expect(fails).toEqual([null, 0, null])
})
