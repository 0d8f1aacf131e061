import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMetadata, isPublic, parseAddress } from './address-ranges.ts'

const verdict = (text: string): boolean | undefined => {
	const address = parseAddress(text)
	return address === undefined ? undefined : isPublic(address)
}

const words = (text: string): string[] => text.trim().split(/\s+/)

describe('isPublic', () => {
	it.each(
		words(`
			0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.1.1
			172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.9 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1
			192.168.0.1 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
			239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1
			::ffff:a00:1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 100::1 2001::1
			2001:1ff::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1
			fd00::1 fe80::1 fec0::1 ff02::1 1fff::1
		`),
	)('refuses %s', (text) => expect(verdict(text)).toBe(false))

	it.each(
		words(`
			1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 223.255.255.255
			2606:4700:4700::1111 2001:200::1 2003::1 3ffe::1 ::ffff:8.8.8.8 64:ff9b::808:808
		`),
	)('lets %s through', (text) => expect(verdict(text)).toBe(true))

	it('agrees with the address inside, however an IPv4 address is wrapped for the wire', () => {
		fc.assert(
			fc.property(fc.ipV4(), (text) => {
				expect(verdict(`::ffff:${text}`)).toBe(verdict(text))
				expect(verdict(`64:ff9b::${text}`)).toBe(verdict(text))
				expect(verdict(`::${text}`)).toBe(false)
			}),
		)
	})

	it('never calls public what ipaddr.js knows as anything but unicast', () => {
		fc.assert(
			fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
				const address = parseAddress(text)
				if (address === undefined || !isPublic(address)) return
				expect(['unicast', 'rfc6052']).toContain(address.range())
			}),
			{ numRuns: 2_000 },
		)
	})
})

describe('isMetadata', () => {
	it.each(
		words(`
			169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 fd00:ec2::254 fd20:ce::254
			::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::a9fe:a9fe 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::
			fe80::a9fe:a9fe
		`),
	)('knows %s, and it is not public', (text) => {
		const address = parseAddress(text)
		expect(address !== undefined && isMetadata(address)).toBe(true)
		expect(verdict(text)).toBe(false)
	})

	it('leaves neighbours alone', () => {
		for (const text of ['169.254.168.254', '100.100.100.201', 'fd00:ec3::254']) {
			const address = parseAddress(text)
			expect(address !== undefined && isMetadata(address)).toBe(false)
		}
	})
})

describe('parseAddress', () => {
	it.each(['', 'localhost', '127.1', '0x7f.0.0.1', '0177.0.0.1', '2130706433', 'fe80::1%eth0', '1.2.3.4.5', '::1/128'])(
		'does not take %j for an address',
		(text) => expect(parseAddress(text)).toBeUndefined(),
	)
})
