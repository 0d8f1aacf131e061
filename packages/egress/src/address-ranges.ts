import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6
/** An address and the number of leading bits that count. */
export type Network = readonly [Address, number]

const network = (text: string): Network => ipaddr.parseCIDR(text)
const inside = (address: Address, [base, bits]: Network): boolean =>
	address.kind() === base.kind() && address.match(base, bits)
const insideAny = (address: Address, networks: readonly Network[]): boolean =>
	networks.some((one) => inside(address, one))

// Everything the IANA special-purpose registry of IPv4 lists, the globally reachable entries included, and class D and E.
const specialV4 = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.31.196.0/24',
	'192.52.193.0/24',
	'192.88.99.0/24',
	'192.168.0.0/16',
	'192.175.48.0/24',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4',
	'240.0.0.0/4',
].map(network)

const globalV6 = network('2000::/3')
// Protocol assignments (Teredo, ORCHID, benchmarking), documentation, 6to4.
const specialV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map(network)

const mappedV4 = network('::ffff:0:0/96')
const translatedV4 = network('64:ff9b::/96')
// Forms that carry an IPv4 address, with the byte where it begins.
const embeddings: readonly (readonly [Network, number])[] = [
	[mappedV4, 12],
	[network('::/96'), 12],
	[translatedV4, 12],
	[network('2002::/16'), 2],
]

// Where clouds hand out machine credentials. Azure's lies in public space, so this table also speaks for public addresses.
const metadata = [
	'100.100.100.200/32',
	'168.63.129.16/32',
	'169.254.0.23/32',
	'169.254.169.0/24',
	'169.254.170.0/24',
	'192.0.0.192/32',
	'fd00:ec2::/64',
	'fd20:ce::254/128',
	'fe80::a9fe:a9fe/128',
].map(network)

// What a host name written into POSTERN_ALLOW_PRIVATE may stand for: somebody's own machine or network.
const ownNetworks = [
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'172.16.0.0/12',
	'192.168.0.0/16',
	'::1/128',
	'fc00::/7',
].map(network)

/** Reads an address as a resolver or a socket writes it; IPv4-mapped addresses become IPv4. Undefined with a zone, or odd spellings. */
export function parseAddress(text: string): Address | undefined {
	const address = parseExactly(text)
	return address !== undefined && inside(address, mappedV4) ? embeddedIn(address, 12) : address
}

/** Reads `10.0.0.0/8`; a network of IPv4-mapped addresses becomes one of IPv4. */
export function parseNetwork(text: string): Network | undefined {
	const [, base = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? []
	const address = parseExactly(base)
	const length = Number(bits)
	if (address === undefined || length > (address.kind() === 'ipv4' ? 32 : 128)) return undefined
	return inside(address, mappedV4) && length >= 96 ? [embeddedIn(address, 12), length - 96] : [address, length]
}

function parseExactly(text: string): Address | undefined {
	const version = isIP(text)
	if (version === 4) return ipaddr.IPv4.parse(text)
	if (version !== 6 || text.includes('%')) return undefined
	// ipaddr.js reads "::1.2.3.4" as "::ffff:1.2.3.4"; the URL parser writes either in figures it cannot mistake.
	return ipaddr.IPv6.parse(new URL(`http://[${text}]`).hostname.slice(1, -1))
}

/** Whether an address belongs to the public internet. What no table knows does not. */
export function isPublic(address: Address): boolean {
	if (isMetadata(address)) return false
	if (address.kind() === 'ipv4') return !insideAny(address, specialV4)
	if (inside(address, mappedV4) || inside(address, translatedV4)) return isPublic(embeddedIn(address, 12))
	return inside(address, globalV6) && !insideAny(address, specialV6)
}

/** Whether an address, or an IPv4 address inside it, is one where a cloud hands out credentials. */
export function isMetadata(address: Address): boolean {
	if (insideAny(address, metadata)) return true
	return embeddings.some(([form, start]) => inside(address, form) && isMetadata(embeddedIn(address, start)))
}

/** Whether an address is loopback or on a private network. */
export const isOwnNetwork = (address: Address): boolean => insideAny(address, ownNetworks)

export const isInNetwork = inside

function embeddedIn(address: Address, start: number): ipaddr.IPv4 {
	return new ipaddr.IPv4(address.toByteArray().slice(start, start + 4))
}
