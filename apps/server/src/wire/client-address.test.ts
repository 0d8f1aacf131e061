import { expect, test } from 'vitest'
import { cameByTls, clientAddress, parseNetworks, type Networks } from './client-address.ts'

function networks(text: string): Networks {
	const read = parseNetworks(text)
	if (!read.ok) throw new Error(read.problem.code)
	return read.value
}

test('believes nobody without configured proxies', () => {
	expect(clientAddress('192.0.2.1', '198.51.100.7', networks(''))).toBe('192.0.2.1')
})

test('takes the right-most address that is not a trusted proxy', () => {
	const proxies = networks('127.0.0.1, 10.0.0.0/8')
	expect(clientAddress('127.0.0.1', '203.0.113.9, 198.51.100.7, 10.1.2.3', proxies)).toBe('198.51.100.7')
})

test('stops at what is not an address', () => {
	expect(clientAddress('127.0.0.1', '198.51.100.7, unknown', networks('127.0.0.1'))).toBe('127.0.0.1')
})

test.each([
	['198.51.100.7:5678', '198.51.100.7'],
	['[2001:db8::7]:443, 127.0.0.1:80', '2001:db8::7'],
])('reads hops with their ports: %s', (hops, address) => {
	expect(clientAddress('127.0.0.1', hops, networks('127.0.0.1'))).toBe(address)
})

test('reads IPv4 peers of a dual-stack socket', () => {
	expect(clientAddress('::ffff:7f00:1', '::ffff:c000:201', networks('127.0.0.1'))).toBe('192.0.2.1')
	expect(clientAddress('::ffff:127.0.0.1', '2001:db8::7', networks('127.0.0.0/8'))).toBe('2001:db8::7')
})

test('#37 believes X-Forwarded-Proto of a configured proxy only, and of the nearest one', () => {
	const proxies = networks('127.0.0.1')
	expect(cameByTls('192.0.2.1', 'https', proxies)).toBe(false)
	expect(cameByTls('127.0.0.1', 'https', proxies)).toBe(true)
	expect(cameByTls('127.0.0.1', 'https, http', proxies)).toBe(false)
	expect(cameByTls('127.0.0.1', undefined, proxies)).toBe(false)
})

test.each(['10.0.0.0/33', 'proxy.example', '10.0.0.0/8/8', '::1/129', '10.0.0.0/x'])(
	'names a wrong network: %s',
	(text) => {
		const read = parseNetworks(text)
		expect(read.ok || read.problem).toMatchObject({ code: 'start/configuration', params: { name: 'POSTERN_PROXIES' } })
	},
)
