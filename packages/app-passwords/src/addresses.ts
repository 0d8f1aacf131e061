import { isIPv4, isIPv6 } from 'node:net'

const mapped = '::ffff:'

/** Gives an IPv4 address that arrived on an IPv6 socket (`::ffff:192.0.2.1`) its own form back. */
export function canonicalAddress(address: string): string {
	if (!address.includes(':')) return address
	const inner = address.slice(mapped.length)
	return address.toLowerCase().startsWith(mapped) && isIPv4(inner) ? inner : address
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
