import { describe, expect, it } from 'vitest'
import { foldName, readEmail, readUsername } from './account-names.ts'

describe('readUsername', () => {
	it.each(['ann', 'Ann.Lee', 'a_b-c', '007', 'x'.repeat(60)])('takes %s', (username) => {
		expect(readUsername(username)).toEqual({ ok: true, value: username })
	})

	it.each([
		'',
		'ab',
		'x'.repeat(61),
		'ann lee',
		'ann@example.com',
		'änn',
		'ann\0',
		'ann\u202e',
		'аnn',
		'\u212aim',
		'a/b',
		"a'b",
	])('refuses %j', (username) => {
		expect(readUsername(username)).toMatchObject({ problem: { code: 'account/username-malformed' } })
	})

	it('forgives spaces around a name, and case when it is looked up', () => {
		expect(readUsername(' Ann ')).toEqual({ ok: true, value: 'Ann' })
		expect(foldName(' Ann ')).toBe('ann')
	})
})

describe('readEmail', () => {
	it.each([
		['ann@example.com', 'ann@example.com'],
		[' Ann+blog@Example.CO.JP ', 'ann+blog@example.co.jp'],
		["o'hara@xn--bcher-kva.example", "o'hara@xn--bcher-kva.example"],
	])('takes %j', (typed, email) => {
		expect(readEmail(typed)).toEqual({ ok: true, value: email })
	})

	it.each([
		'',
		'ann',
		'ann@',
		'@example.com',
		'ann@localhost',
		'ann@example..com',
		'ann@-example.com',
		'ann lee@example.com',
		'ann@example.com\nbcc: all@example.com',
		'ann@exam\0ple.com',
		`${'x'.repeat(65)}@example.com`,
		`ann@${'x'.repeat(250)}.com`,
	])('refuses %j', (typed) => {
		expect(readEmail(typed)).toMatchObject({ problem: { code: 'account/email-malformed' } })
	})
})
