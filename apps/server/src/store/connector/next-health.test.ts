import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnosis } from '../cases/connector.testing.ts'
import { confirmedAfterMs, type Found, type KnownHealth, nextHealth } from './next-health.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22) + minutes * 60_000)
const fine: KnownHealth = { state: 'healthy', failingSince: null, failures: 0, rejectedLogins: 0 }
const success = (minutes = 0): Found => ({ state: 'healthy', diagnosis: null, checkedAt: at(minutes) })
const failing = (minutes: number, state: Found['state'] = 'unreachable', code = 'network/timeout'): Found => ({
	state,
	diagnosis: { ...diagnosis, code: code as 'network/timeout' }, // a code of the catalogue
	checkedAt: at(minutes),
})
const rejected = (minutes: number) => failing(minutes, 'needs-attention', 'site-credential/rejected')

describe('what a check makes of a connector', () => {
	it('changes no colour for one failure, and for two only when ten minutes lie between them', () => {
		const first = nextHealth(fine, failing(0), false)
		expect(first).toMatchObject({ state: 'healthy', isShown: false, change: undefined, failures: 1 })
		const tooSoon = nextHealth(first, failing(9.9), false)
		expect(tooSoon).toMatchObject({ state: 'healthy', change: undefined, failures: 2 })
		expect(nextHealth(tooSoon, failing(10), false)).toMatchObject({ state: 'unreachable', change: 'unreachable' })
		expect(nextHealth(first, failing(10), false)).toMatchObject({ state: 'unreachable', change: 'unreachable' })
	})

	it('forgets a failure with the next success', () => {
		const again = nextHealth(nextHealth(fine, failing(0), false), success(5), false)
		expect(again).toEqual({ ...fine, isShown: true, change: undefined })
		expect(nextHealth(again, failing(20), false).state).toBe('healthy')
	})

	it('believes at once what somebody asked for, or the gateway met', () => {
		expect(nextHealth(fine, rejected(0), true)).toMatchObject({ state: 'needs-attention', change: 'needs-attention' })
	})

	it('tells of each change once, and of the recovery after one success', () => {
		const bad = nextHealth(fine, rejected(0), true)
		expect(nextHealth(bad, rejected(1), true).change).toBeUndefined()
		expect(nextHealth(bad, rejected(20), false).change).toBeUndefined()
		const good = nextHealth(bad, success(30), false)
		expect(good.change).toBe('recovered')
		expect(nextHealth(good, success(40), false).change).toBeUndefined()
	})

	it('tells nobody of maintenance, which ends by itself', () => {
		const down = nextHealth(fine, failing(0, 'maintenance', 'site/maintenance'), true)
		expect(down).toMatchObject({ state: 'maintenance', change: undefined })
		expect(nextHealth(down, success(5), false).change).toBeUndefined()
	})

	it('still asks for a person when the site, whose credential was refused, cannot be reached either', () => {
		const bad = nextHealth(fine, rejected(0), true)
		expect(nextHealth(bad, failing(60), false)).toMatchObject({ state: 'needs-attention', isShown: false })
	})

	it('counts refused logins in a row, and nothing else', () => {
		const checks = [rejected(0), failing(15), rejected(30), rejected(60)]
		let known: KnownHealth = fine
		for (const check of checks) known = nextHealth(known, check, false)
		expect(known.rejectedLogins).toBe(3)
		expect(nextHealth(known, success(90), false).rejectedLogins).toBe(0)
	})

	it('never tells of a change without one, and of every change to a bad state exactly once', () => {
		const step = fc.record({
			minutes: fc.integer({ min: 1, max: 30 }),
			kind: fc.constantFrom('ok', 'refused', 'down'),
			isDecisive: fc.boolean(),
		})
		fc.assert(
			fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
				let known: KnownHealth = fine
				let minutes = 0
				for (const one of steps) {
					minutes += one.minutes
					const found = { ok: success, refused: rejected, down: (time: number) => failing(time) }[one.kind]?.(minutes)
					if (found === undefined) throw new Error('no such step')
					const next = nextHealth(known, found, one.isDecisive)
					const isBad = ['needs-attention', 'unreachable'].includes(next.state)
					const wasBad = ['needs-attention', 'unreachable'].includes(known.state)
					const expected =
						next.state === known.state ? undefined : isBad ? next.state : wasBad ? 'recovered' : undefined
					expect(next.change).toBe(expected)
					if (next.change !== undefined && next.change !== 'recovered' && !one.isDecisive)
						expect(found.checkedAt.getTime() - Number(next.failingSince)).toBeGreaterThanOrEqual(confirmedAfterMs)
					known = next
				}
			}),
		)
	})
})
