import { describe, expect, test } from 'vitest'
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

describe('the rows of a list', () => {
	const caller = { accountId: 'a', workspaceId: 'w' }
	const accepted = (results: readonly { readonly ok: boolean }[]) => results.filter(({ ok }) => ok).length

	test('a thousand sites are tried without waiting, and then no more in the long run than by hand', () => {
		let now = 0
		const limit = createAttemptLimit(() => now)
		const tryOn = (count: number, from: number) =>
			accepted(Array.from({ length: count }, (_, i) => limit.takeRow(caller, `site-${from + i}.example`)))
		expect(tryOn(1_000, 0)).toBe(1_000)
		expect(tryOn(1_000, 1_000)).toBe(20) // as addresses that are tried by hand
		expect(limit.take(caller)).toMatchObject({ ok: false, problem: { code: 'request/throttled' } })
		now += 10 * 60_000
		expect(tryOn(1_000, 2_000)).toBe(10 * 10 + 20)
	})

	test('a workspace has two files at once, whoever its members are', () => {
		const limit = createAttemptLimit(() => 0)
		const results = Array.from({ length: 4_000 }, (_, i) =>
			limit.takeRow({ accountId: `a${i % 4}`, workspaceId: 'w' }, `site-${i}.example`),
		)
		expect(accepted(results)).toBe(2_000 + 4 * 20)
	})

	test('many for one site are as slow as by hand, whoever asks, and count together with those by hand', () => {
		let now = 0
		const limit = createAttemptLimit(() => now)
		const results = Array.from({ length: 100 }, () => limit.takeRow(caller, 'one.example'))
		expect(accepted(results)).toBe(3 + 20)
		expect(limit.take(caller).ok).toBe(false)
		const colleague = { ...caller, accountId: 'b' }
		expect(accepted(Array.from({ length: 100 }, () => limit.takeRow(colleague, 'one.example')))).toBe(20)
		expect(limit.takeRow(caller, 'another.example').ok).toBe(true)
		now += 60 * 60_000
		const later = Array.from({ length: 100 }, () => limit.takeRow(caller, 'one.example'))
		expect(accepted(later)).toBe(3 + 20)
	})

	test('a site is not forgotten for the names of others', () => {
		const limit = createAttemptLimit(() => 0)
		for (let i = 0; i < 3; i += 1) limit.takeRow(caller, 'one.example')
		for (let i = 0; i < 30_000; i += 1) limit.takeRow(caller, `site-${i}.example`)
		expect(limit.takeRow({ ...caller, accountId: 'b' }, 'one.example').ok).toBe(true)
		expect(
			accepted(Array.from({ length: 50 }, () => limit.takeRow({ ...caller, accountId: 'b' }, 'one.example'))),
		).toBe(19)
	})
})
