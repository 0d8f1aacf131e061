import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passwordShape } from './password-shape.ts'

const PASSWORD = 'H5wW1NntpxwXFbGRPkA30sfq'
const GROUPED = 'H5wW 1Nnt pxwX FbGR PkA3 0sfq'

describe('passwordShape', () => {
	it.each([
		PASSWORD,
		GROUPED,
		` ${GROUPED}\r\n`,
		GROUPED.replaceAll(' ', '\u00A0'),
		GROUPED.replaceAll(' ', '  '),
		GROUPED.replaceAll(' ', '-'),
		`"${GROUPED}"`,
		`\u200B${PASSWORD}\uFEFF`,
	])('takes %j', (text) => {
		const shape = passwordShape(text)
		expect(shape.kind === 'application-password' && shape.normalized.reveal()).toBe(PASSWORD)
	})

	it.each([
		'hunter2',
		'hunter2!',
		'correct-horse-battery-sta',
		'correcthorse',
		'correct horse battery staple',
		'correct horse battery stapl',
		'onelongwordwithoutanydigits',
		'Tr0ub4dor&3Tr0ub4dor&3ab',
		'パスワードパスワードパスワードパスワード',
		`${PASSWORD}!`,
		'Ｈ5wW1NntpxwXFbGRPkA30sfq',
	])('takes %s for a login password, which must not be sent', (text) => {
		expect(passwordShape(text)).toEqual({ kind: 'login-password' })
	})

	it('takes groups of four even if they hold no capital and no digit', () => {
		expect(passwordShape('abcd efgh ijkl mnop qrst uvwx').kind).toBe('application-password')
		expect(passwordShape('abcdefghijklmnopqrstuvwx').kind).toBe('application-password')
	})

	it.each([
		[PASSWORD.slice(1), 23],
		[`${PASSWORD}q`, 25],
		['H5wW 1Nnt pxwX', 12],
		['wW 1Nnt pxwX FbGR PkA3 0sfq', 22],
		[PASSWORD + PASSWORD, 48],
	])('sees that %s is %d long', (text, length) => {
		expect(passwordShape(text)).toEqual({ kind: 'wrong-length', length })
	})

	it.each(['••••', '********', '● ● ●', '•••• •••• •••• •••• •••• ••••'])('knows the mask %s', (text) => {
		expect(passwordShape(text)).toEqual({ kind: 'mask' })
	})

	it('never lets anything pass but 24 letters and digits, however they are spaced', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 40 }), (text) => {
				const shape = passwordShape(text)
				if (shape.kind === 'application-password') expect(shape.normalized.reveal()).toMatch(/^[A-Za-z0-9]{24}$/)
			}),
		)
	})

	it('does not show the secret when it is printed', () => {
		expect(JSON.stringify(passwordShape(PASSWORD))).not.toContain(PASSWORD)
	})
})
