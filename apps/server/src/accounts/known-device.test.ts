import { Secret } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { createKnownDevices } from './known-device.ts'

const day = 86_400_000
let nowMs = Date.parse('2026-11-21T12:00:00Z')
const devicesOf = (secret: string, origin = 'https://postern.example') =>
	createKnownDevices({ secret: new Secret(secret), origin, now: () => new Date(nowMs) })
const devices = devicesOf('a'.repeat(43))
const withCookie = (line: string) => new Headers({ cookie: line.split(';')[0] ?? '' })
const nothing = new Headers()

describe('known devices', () => {
	it('are known for the account that signed in there, and for no other', () => {
		const headers = withCookie(devices.remember(nothing, 'ann'))
		expect(devices.find(headers, 'ann')).toMatch(/^[\w-]{16}$/)
		expect(devices.find(headers, 'bob')).toBeUndefined()
		expect(devices.find(nothing, 'ann')).toBeUndefined()
	})

	it('keep their id over sign-ins, so that their limits cannot be shaken off', () => {
		const headers = withCookie(devices.remember(nothing, 'ann'))
		const again = withCookie(devices.remember(headers, 'ann'))
		expect(devices.find(again, 'ann')).toBe(devices.find(headers, 'ann'))
	})

	it('cannot be made up, changed, or taken from another installation', () => {
		const line = devices.remember(nothing, 'ann')
		for (let i = line.indexOf('=') + 1; i < line.indexOf(';'); i += 1) {
			const changed = line.slice(0, i) + (line[i] === 'A' ? 'B' : 'A') + line.slice(i + 1)
			expect(devices.find(withCookie(changed), 'ann')).toBeUndefined()
		}
		expect(devicesOf('b'.repeat(43)).find(withCookie(line), 'ann')).toBeUndefined()
		for (const value of ['', '....', 'ann', 'ann.x.1', 'ann.x.99999999999.', 'ann.x.NaN.x'])
			expect(devices.find(withCookie(`__Host-postern.known_device=${value}`), 'ann')).toBeUndefined()
	})

	it('are forgotten after 90 days', () => {
		const headers = withCookie(devices.remember(nothing, 'ann'))
		nowMs += 89 * day
		expect(devices.find(headers, 'ann')).toBeDefined()
		nowMs += day + 1_000
		expect(devices.find(headers, 'ann')).toBeUndefined()
	})

	it('have a cookie that scripts and other hosts do not get', () => {
		expect(devices.remember(nothing, 'ann')).toMatch(
			/^__Host-postern\.known_device=[^;]+; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure$/,
		)
		expect(devicesOf('a'.repeat(43), 'http://localhost:4600').remember(nothing, 'ann')).toMatch(
			/^postern\.known_device=[^;]+; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax$/,
		)
	})
})
