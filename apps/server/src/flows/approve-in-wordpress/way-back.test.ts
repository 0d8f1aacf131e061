import { describe, expect, it } from 'vitest'
import { noWayBack } from './way-back.ts'

const site = (wordpressVersion: string | null, url = 'https://blog.example') =>
	({ url, wordpressVersion, applicationPasswords: 'on' }) as const

describe('WordPress sends people back', () => {
	it('to https, whatever its version', () => {
		for (const version of [null, '5.6', '6.5.5', '7.1.4'])
			expect(noWayBack('https://postern.example', site(version))).toBeUndefined()
	})

	it.each(['6.5.5', '6.9', '5.6'])('before 7.0 to no plain http, not even on this machine (F60): %s', (version) => {
		for (const origin of [
			'http://127.0.0.1:4600',
			'http://[::1]:4600',
			'http://localhost:4600',
			'http://postern.example',
		])
			expect(noWayBack(origin, site(version)), origin).toBe('plain-http')
	})

	it.each(['7.0', '7.1.4', '10.2'])(
		'from 7.0 on to the literal addresses of this machine, never to localhost: %s',
		(version) => {
			for (const origin of ['http://127.0.0.1:4600', 'http://[::1]:4600'])
				expect(noWayBack(origin, site(version)), origin).toBeUndefined()
			expect(noWayBack('http://localhost:4600', site(version))).toBe('localhost')
			expect(noWayBack('http://127.0.0.2:4600', site(version))).toBe('plain-http')
		},
	)

	it('since 6.2 to any address from a site in the environment local, which plain http tells', () => {
		const local = 'http://127.0.0.1:8080'
		for (const version of ['6.2.6', '6.5.5', '6.10'])
			expect(noWayBack('http://localhost:4600', site(version, local)), version).toBeUndefined()
		expect(noWayBack('http://localhost:4600', site('6.1.9', local))).toBe('plain-http')
		expect(noWayBack('http://localhost:4600', { ...site('6.5.5', local), applicationPasswords: 'unknown' })).toBe(
			'plain-http',
		)
	})

	it('nowhere that we could know of, where it hides its version', () => {
		expect(noWayBack('http://127.0.0.1:4600', site(null))).toBe('version-unknown')
		expect(noWayBack('http://127.0.0.1:4600', site('unknown'))).toBe('version-unknown')
	})
})
