import { expect, it } from 'vitest'
import { isChecked } from './find-addresses.ts'

const checked = [
	{ address: '93.184.216.34', family: 4 },
	{ address: '2606:4700::1', family: 6 },
] as const

it('knows the peer it wanted, in any spelling', () => {
	expect(isChecked('93.184.216.34', checked)).toBe(true)
	expect(isChecked('::ffff:93.184.216.34', checked)).toBe(true)
	expect(isChecked('2606:4700:0:0::1', checked)).toBe(true)
})

it.each(['127.0.0.1', '::ffff:127.0.0.1', '93.184.216.35', '::1', '', undefined])(
	'does not accept the peer %s',
	(peer) => {
		expect(isChecked(peer, checked)).toBe(false)
	},
)
