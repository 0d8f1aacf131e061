import type { ActivityEntry } from '@postern/api/contract'
import { expect, it } from 'vitest'
import { joinOutcomes } from './join-outcomes.ts'

type Access = NonNullable<ActivityEntry['access']>

const request = (id: string, event: ActivityEntry['event'], access: Partial<Access>): ActivityEntry => ({
	id,
	at: '2026-11-22T12:00:00.000Z',
	event,
	actor: { kind: 'caller', name: 'ada' },
	target: null,
	params: {},
	access: {
		method: 'POST',
		route: '/wp/v2/posts',
		scope: 'posts:draft',
		decision: 'permitted',
		problem: null,
		status: null,
		sentBytes: null,
		receivedBytes: null,
		durationMs: null,
		end: null,
		requestId: 'r1',
		password: null,
		connector: null,
		...access,
	},
})

it('shows a write once, with what came of it', () => {
	const finished = request('b', 'site.finished', { status: 201 })
	const entries = [finished, request('a', 'site.changing', {})]
	expect(joinOutcomes(entries)).toEqual([finished])
})

it('keeps what has no outcome yet, what was refused, and other requests', () => {
	const entries = [
		request('d', 'site.finished', { requestId: 'r2', status: 200 }),
		request('c', 'site.changing', {}),
		request('b', 'site.refused', { requestId: 'r2', decision: 'refused' }),
		request('a', 'site.requested', { requestId: 'r2', route: '/wp/v2/pages' }),
	]
	expect(joinOutcomes(entries)).toEqual(entries)
})
