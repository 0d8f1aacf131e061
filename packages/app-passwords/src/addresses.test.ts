import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createAddressRules, isAddressRule } from './address-rules.ts'
import { addressOfHop, canonicalAddress, placeOf } from './addresses.ts'

it.each([
	['192.0.2.1', '192.0.2.1'],
	['::ffff:192.0.2.1', '192.0.2.1'],
	['::FFFF:192.0.2.1', '192.0.2.1'],
	['::ffff:c000:201', '192.0.2.1'],
	['0:0:0:0:0:FFFF:C000:0201', '192.0.2.1'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
	['2001:db8::1', '2001:db8:0:0::/64'],
	['::1', '0:0:0:0::/64'],
	['fe80::1%eth0', 'fe80:0:0:0::/64'],
	['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
	['not an address', 'not an address'],
])('counts %s as the place %s', (address, place) => expect(placeOf(address)).toBe(place))

it('gives all addresses of one /64 one place, however they are written, and no other', () => {
	const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
	fc.assert(
		fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
			const written = groups.join(':')
			const shortest = new URL(`http://[${written}]`).hostname.slice(1, -1)
			const place = `${groups.slice(0, 4).join(':')}::/64`
			expect([written, written.toUpperCase(), shortest].map(placeOf)).toEqual([place, place, place])
		}),
	)
})

it.each([
	['::ffff:192.0.2.1', '192.0.2.1'],
	['::ffff:c000:201', '192.0.2.1'],
	['::FFFF:0:1', '0.0.0.1'],
	['0000:0000:0000:0000:0000:ffff:c000:0201', '192.0.2.1'],
	['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
	['::ffff:0:c000:201', '::ffff:0:c000:201'],
	['::ffff:192.0.2.1:5', '::ffff:192.0.2.1:5'],
	['::ffff:', '::ffff:'],
	['2001:db8::1', '2001:db8::1'],
	['2001:db8::ffff:c000:201', '2001:db8::ffff:c000:201'],
])('gives a mapped address its own form, and leaves every other: %s', (address, canonical) => {
	expect(canonicalAddress(address)).toBe(canonical)
})

it('reads a mapped address however its four bytes are written', () => {
	const byte = fc.integer({ min: 0, max: 255 })
	fc.assert(
		fc.property(byte, byte, byte, byte, (a, b, c, d) => {
			const hex = `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
			expect(canonicalAddress(hex)).toBe(`${a}.${b}.${c}.${d}`)
		}),
	)
})

it.each([
	['192.0.2.1', '192.0.2.1'],
	[' 192.0.2.1:5678 ', '192.0.2.1'],
	['[2001:db8::1]:443', '2001:db8::1'],
	['[2001:db8::1]', '2001:db8::1'],
	['2001:db8::1', '2001:db8::1'],
	['[::ffff:c000:201]:443', '192.0.2.1'],
	['unknown', undefined],
	['_hidden', undefined],
	['', undefined],
	['192.0.2.1:', undefined],
	['192.0.2.1:123456', undefined],
	['192.0.2.1:80:80', undefined],
	['[192.0.2.1]:80', undefined],
	['[2001:db8::1', undefined],
	['[2001:db8::1]443', undefined],
	['[2001:db8::1]:x', undefined],
])('reads a hop with its port or without: %j', (hop, address) => expect(addressOfHop(hop)).toBe(address))

it.each(['192.0.2.1', '192.0.2.0/24', '0.0.0.0/0', '2001:db8::/32', '::1', '::1/128'])('reads the rule %s', (rule) => {
	expect(isAddressRule(rule)).toBe(true)
})

it.each([
	'',
	'example.com',
	'192.0.2.0/33',
	'2001:db8::/129',
	'192.0.2.0/',
	'192.0.2.0/-1',
	'192.0.2.0/2 4',
	'1.2.3',
	'1.2.3.4/8/8',
	'fe80::1%eth0',
])('reads no rule from %j', (rule) => expect(isAddressRule(rule)).toBe(false))

it.each([
	['192.0.2.7', true],
	['::ffff:192.0.2.7', true],
	['192.0.3.7', false],
	['2001:db8:ffff::1', true],
	['2001:db9::1', false],
	['198.51.100.1', true],
	['198.51.100.2', false],
	['unknown', false],
	['', false],
])('judges %s by three rules: %j', (address, isAllowed) => {
	const rules = createAddressRules()
	const list = ['192.0.2.0/24', '2001:db8::/32', '198.51.100.1']
	expect(rules.allow(list, address)).toBe(isAllowed)
	expect(rules.allow([...list], address)).toBe(isAllowed)
	expect(rules.allow([], address)).toBe(true)
})
