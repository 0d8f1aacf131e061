import { createHmac } from 'node:crypto'
import { inspect } from 'node:util'
import { Secret } from '@postern/vocabulary'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAdminApiKey } from './admin-api-key.ts'
import { formatAdminToken } from './admin-token.ts'

const id = '6b02a70d7ce2606f51c7e3ea'
const secret = 'fcdd03236567f5092cd3b960496ecdddc24eb3498ead02514cbbb17091f8dcd7'
const key = `${id}:${secret}`

describe('an Admin API key', () => {
	it('is taken apart: the id may be read, the secret may not', () => {
		const read = readAdminApiKey(` ${key.slice(0, 40)}\n${key.slice(40)} `)
		expect(read).toMatchObject({ ok: true, value: { username: id } })
		expect(read.ok && read.value.password.reveal()).toBe(secret)
		expect(inspect(read, { depth: 9 }) + JSON.stringify(read)).not.toContain(secret)
	})

	it.each([
		['', 'site-credential/admin-api-key-required'],
		[' \n', 'site-credential/admin-api-key-required'],
		['51616be0d2d4712327a4dcbfc6', 'site-credential/looks-like-content-api-key'],
		[id, 'site-credential/admin-api-key-malformed'],
		[secret, 'site-credential/admin-api-key-malformed'],
		[`${id}:${secret}0`, 'site-credential/admin-api-key-malformed'],
		[`${id}:${secret.replace('f', 'g')}`, 'site-credential/admin-api-key-malformed'],
		[`${key}${' '.repeat(400)}`, 'site-credential/admin-api-key-malformed'],
		['correct horse battery staple', 'site-credential/admin-api-key-malformed'],
	])('is judged by its shape before it is sent: %j ends with %s', (typed, code) => {
		expect(readAdminApiKey(typed)).toMatchObject({ ok: false, problem: { code } })
	})

	it('is never repeated in what is wrong with it', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 8 }), (typed) => {
				const read = readAdminApiKey(`x${typed}`)
				expect(JSON.stringify(read)).not.toContain(JSON.stringify(typed).slice(1, -1))
			}),
		)
	})
})

describe('a token', () => {
	const now = Date.parse('2026-11-22T08:30:00.500Z')
	const token = formatAdminToken({ username: id, password: new Secret(secret) }, now)
	const [scheme, jwt = ''] = token.split(' ')
	const [head = '', payload = '', signature = ''] = jwt.split('.')
	const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())

	it('says whose it is, for what, and for how long', () => {
		expect(scheme).toBe('Ghost')
		expect(read(head)).toEqual({ alg: 'HS256', typ: 'JWT', kid: id })
		const iat = Math.floor(now / 1_000)
		expect(read(payload)).toEqual({ iat, exp: iat + 300, aud: '/admin/' })
	})

	it('is signed with the bytes that the hexadecimal secret stands for, and does not hold it', () => {
		const expected = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${head}.${payload}`).digest('base64url')
		expect(signature).toBe(expected)
		expect(token).not.toContain(secret)
	})
})
