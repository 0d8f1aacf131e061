import { expect, it } from 'vitest'
import { parseAllowRules } from './allow-rules.ts'
import { findAddresses, isChecked } from './find-addresses.ts'

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

it('opens a port for the rule that names it, not for another rule without a port', async () => {
	const rules = parseAllowRules('10.0.0.0/8, 127.0.0.1:9000')
	const guard = { allow: rules.ok ? rules.value : [], resolve: async () => [], ports: new Set([443]) }
	expect(await findAddresses({ host: '10.0.0.5', port: 443 }, guard)).toMatchObject({ ok: true })
	expect(await findAddresses({ host: '127.0.0.1', port: 9000 }, guard)).toMatchObject({ ok: true })
	expect(await findAddresses({ host: '10.0.0.5', port: 9000 }, guard)).toMatchObject({
		problem: { code: 'address/port-not-allowed', params: { port: 9000 } },
	})
})
