import { describe, expect, it } from 'vitest'
import { networkOf, signInLimits } from './sign-in-limits.ts'

describe('signInLimits', () => {
	it.each([
		['203.0.113.7', '203.0.113'],
		['2001:db8:1:2ff:ffff::1', '2001:db8:1:2'],
		['2001:db8:1:200::', '2001:db8:1:2'],
		['2001:0DB8:0001:0200:0:0:0:1', '2001:db8:1:2'],
		['::1', '0:0:0:0'],
		['fe80::1%eth0', 'fe80:0:0:0'],
		['', ''],
	])('takes %s as one of the network %s', (ip, network) => {
		expect(networkOf(ip)).toBe(network)
	})

	it('leaves at most 100 checks an hour for an account, over both of its names and its sessions', () => {
		const perHour = (limits: ReturnType<typeof signInLimits>) =>
			Math.min(...limits.map(({ rule }) => rule.burst + rule.perHour))
		const confirmations = 5 + 12
		expect(2 * perHour(signInLimits('ann', '203.0.113.7', undefined)) + confirmations).toBeLessThanOrEqual(100)
	})

	it('counts a known device by itself, so that the account’s attackers do not keep it out', () => {
		const attacker = signInLimits('ann', '203.0.113.7', undefined).map(({ key }) => key)
		const owner = signInLimits('ann', '198.51.100.1', 'device').map(({ key }) => key)
		expect(owner.filter((key) => attacker.includes(key))).toEqual([])
	})

	it('keeps keys short, whatever was typed', () => {
		expect(signInLimits('x'.repeat(200_000), '203.0.113.7', undefined).every(({ key }) => key.length < 64)).toBe(true)
	})
})
