import { isIP, isIPv4, isIPv6 } from 'node:net'

const mayBeMapped = /^[0:]+ffff:/i

/** Gives an IPv4 address that arrived on an IPv6 socket its own form back, however it is written (`::ffff:192.0.2.1`, `::ffff:c000:201`). */
export function canonicalAddress(address: string): string {
	if (!mayBeMapped.test(address) || !isIPv6(address)) return address
	const groups = groupsOf(address)
	if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return address
	const [inner = '', last] = groups.slice(6)
	return last === undefined ? inner : [inner, last].flatMap(bytesOf).join('.')
}

function bytesOf(group: string): readonly number[] {
	const value = Number.parseInt(group, 16)
	return [value >> 8, value & 0xff]
}

/**
 * Reads one hop of `X-Forwarded-For`: an address, which some proxies write with its port (`192.0.2.1:5678`,
 * `[2001:db8::1]:443`). Undefined: it names no address (`unknown`, `_hidden`; RFC 7239 §6).
 */
export function addressOfHop(hop: string): string | undefined {
	const text = hop.trim()
	if (isIP(text) !== 0) return canonicalAddress(text)
	const [, bracketed, plain] = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/.exec(text) ?? []
	if (bracketed !== undefined && isIPv6(bracketed)) return canonicalAddress(bracketed)
	return plain !== undefined && isIPv4(plain) ? plain : undefined
}

/** What counts as one place: an IPv4 address, or the /64 of an IPv6 address, which one household or machine holds alone. */
export function placeOf(address: string): string {
	const canonical = canonicalAddress(address)
	if (!canonical.includes(':') || !isIPv6(canonical)) return canonical
	return `${groupsOf(canonical).slice(0, 4).join(':')}::/64`
}

/** The eight groups of a valid IPv6 address, without leading zeros. */
function groupsOf(address: string): readonly string[] {
	const [bare = ''] = address.toLowerCase().split('%')
	const [before = '', after] = bare.split('::')
	const head = before === '' ? [] : before.split(':')
	const tail = after === undefined || after === '' ? [] : after.split(':')
	const tailLength = tail.length + (tail.at(-1)?.includes('.') === true ? 1 : 0)
	const zeros = after === undefined ? 0 : 8 - head.length - tailLength
	return [...head, ...Array<string>(zeros).fill('0'), ...tail].map((group) => group.replace(/^0+(?=.)/, ''))
}
