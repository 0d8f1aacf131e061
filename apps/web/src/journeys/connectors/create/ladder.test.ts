import { rungs } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { climb, ladderOf, stopClimb, waitingLadder } from './ladder.ts'

const statesOf = (ladder: ReturnType<typeof ladderOf>) => ladder.map(({ state }) => state)

describe('the ladder', () => {
	it('shows all seven rungs, in order, before anything was checked', () => {
		expect(waitingLadder.map(({ rung }) => rung)).toEqual(rungs)
		expect(new Set(statesOf(waitingLadder))).toEqual(new Set(['waiting']))
	})

	it('changes the rung an event names, and no other', () => {
		const ladder = climb(waitingLadder, { rung: 'wordpress', state: 'passed', elapsedMs: 120 })
		expect(ladder[2]).toEqual({ rung: 'wordpress', state: 'passed', elapsedMs: 120 })
		expect(ladder.filter(({ state }) => state === 'waiting')).toHaveLength(6)
	})

	it('keeps the order when events arrive out of order, as parallel checks send them', () => {
		const events = [
			{ rung: 'login', state: 'running' },
			{ rung: 'address', state: 'passed', elapsedMs: 3 },
			{ rung: 'login', state: 'passed', elapsedMs: 40 },
		] as const
		expect(events.reduce(climb, waitingLadder).map(({ rung }) => rung)).toEqual(rungs)
	})

	it('leaves no rung waiting or running once the attempt has failed', () => {
		const running = climb(climb(waitingLadder, { rung: 'address', state: 'passed' }), {
			rung: 'login',
			state: 'running',
		})
		expect(statesOf(stopClimb(running, 'login'))).toEqual([
			'passed',
			'skipped',
			'skipped',
			'skipped',
			'skipped',
			'failed',
			'skipped',
		])
	})

	it('marks nothing as failed when the connection to Postern itself broke', () => {
		expect(statesOf(stopClimb(waitingLadder, undefined))).not.toContain('failed')
	})

	it('reads a stored failure: passed below, failed there, not reached above', () => {
		expect(statesOf(ladderOf({ rung: 'application-passwords' }, []))).toEqual([
			'passed',
			'passed',
			'passed',
			'passed',
			'failed',
			'skipped',
			'skipped',
		])
		expect(new Set(statesOf(ladderOf(null, [])))).toEqual(new Set(['passed']))
	})

	it('marks a stored remark at its rung, but never on one that was not reached', () => {
		const notes = [{ code: 'plain-http' }, { code: 'administrator-account' }] as const
		expect(statesOf(ladderOf({ rung: 'login' }, notes))).toEqual([
			'passed',
			'noted',
			'passed',
			'passed',
			'passed',
			'failed',
			'skipped',
		])
	})
})
