import { expect, test } from 'vitest'
import { createAttemptLimit } from './attempt-limit.ts'

test('lets a person try, stops a scan, and says how long to wait', () => {
	let now = 0
	const limit = createAttemptLimit(() => now)
	const caller = { accountId: 'a', workspaceId: 'w' }
	for (let i = 0; i < 20; i++) expect(limit.take(caller).ok).toBe(true)
	expect(limit.take(caller)).toMatchObject({
		ok: false,
		problem: { code: 'request/throttled', params: { seconds: 3 } },
	})
	now += 3_000
	expect(limit.take(caller).ok).toBe(true)
	expect(limit.take(caller).ok).toBe(false)
})

test('limits a workspace whoever its members are', () => {
	const limit = createAttemptLimit(() => 0)
	const results = Array.from({ length: 130 }, (_, i) => limit.take({ accountId: `a${i}`, workspaceId: 'w' }).ok)
	expect(results.filter(Boolean)).toHaveLength(120)
	expect(limit.take({ accountId: 'b', workspaceId: 'other' }).ok).toBe(true)
})

test('counts the use of connectors apart from addresses that are tried', () => {
	const limit = createAttemptLimit(() => 0)
	const caller = { accountId: 'a', workspaceId: 'w' }
	const used = Array.from({ length: 70 }, () => limit.take(caller, 'connector').ok)
	expect(used.filter(Boolean)).toHaveLength(60)
	expect(limit.take(caller).ok).toBe(true)
})
