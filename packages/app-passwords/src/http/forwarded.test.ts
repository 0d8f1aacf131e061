import { describe, expect, it } from 'vitest'
import { outcome, people, startProvider } from './provider.testing.ts'

const overProxy = { ip: '::ffff:10.0.0.2', isTls: false }
const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.66, 198.51.100.7, 10.0.0.9' }

describe('a proxy in front', () => {
	it('#37 is believed about TLS only if it is listed', async () => {
		const trusting = await startProvider({ trustedProxies: ['10.0.0.0/8'] })
		const { as } = await trusting.issue(people.admin)
		expect((await trusting.ask('users/me', { as, headers, connection: overProxy })).status).toBe(200)
		const stranger = { ip: '192.0.2.1', isTls: false }
		expect(outcome(await trusting.ask('users/me', { as, headers, connection: stranger }))).toBe(
			'401 rest_not_logged_in',
		)
		const plain = await startProvider()
		const own = await plain.issue(people.admin)
		expect(outcome(await plain.ask('users/me', { as: own.as, headers, connection: overProxy }))).toBe(
			'401 rest_not_logged_in',
		)
	})

	it('believes of a list what stands nearest', async () => {
		const { ask, issue } = await startProvider({ trustedProxies: ['10.0.0.0/8'] })
		const { as } = await issue(people.admin)
		const spoofed = { ...headers, 'X-Forwarded-Proto': 'https, http' }
		expect(outcome(await ask('users/me', { as, headers: spoofed, connection: overProxy }))).toBe(
			'401 rest_not_logged_in',
		)
	})

	it('tells the address of the client: the first from the right that is no proxy', async () => {
		const { ask, issue, appPasswords } = await startProvider({ trustedProxies: ['10.0.0.0/8'] })
		const { as } = await issue(people.admin)
		await ask('users/me', { as, headers, connection: overProxy })
		expect((await appPasswords.list(people.admin))[0]?.lastIp).toBe('198.51.100.7')
	})

	it.each([
		['198.51.100.7:5678', '198.51.100.7'],
		['[2001:db8::7]:443, 10.0.0.9:80', '2001:db8::7'],
	])('may write the ports, too: %s', async (list, client) => {
		const { ask, issue, appPasswords } = await startProvider({ trustedProxies: ['10.0.0.0/8'] })
		const { as } = await issue(people.admin)
		const withPorts = { ...headers, 'X-Forwarded-For': list }
		await ask('users/me', { as, headers: withPorts, connection: overProxy })
		expect((await appPasswords.list(people.admin))[0]?.lastIp).toBe(client)
	})

	it('is refused at the start when it is no address', async () => {
		await expect(startProvider({ trustedProxies: ['proxy.example'] })).rejects.toThrow(RangeError)
	})
})
