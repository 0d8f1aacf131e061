import { describe, expect, it } from 'vitest'
import { passkeyPlace } from './passkey-place.ts'

const twins = ['http://localhost:4600', 'http://127.0.0.1:4600', 'http://[::1]:4600']

describe('passkeys', () => {
	it('are made for the host of the public address', () => {
		expect(passkeyPlace(['https://postern.example'])).toEqual({
			rpId: 'postern.example',
			origins: ['https://postern.example'],
		})
	})

	it('are made for localhost on this machine, whichever of its names comes first', () => {
		const place = { rpId: 'localhost', origins: ['http://localhost:4600'] }
		expect(passkeyPlace(twins)).toEqual(place)
		expect(passkeyPlace(twins.toReversed())).toEqual(place)
	})

	it.each(['https://192.0.2.7', 'https://[2001:db8::1]:8443', 'http://postern.example', 'http://127.0.0.1:4600'])(
		'cannot be made at %s',
		(origin) => {
			expect(passkeyPlace([origin])).toBeUndefined()
		},
	)
})
