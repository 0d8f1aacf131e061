import { BlockList, isIP } from 'node:net'
import { addressOfHop } from '@postern/app-passwords'
import { fail, ok, type Result } from '@postern/vocabulary'

/** Addresses whose forwarded headers count. */
export type Networks = { contains(address: string): boolean }

/** Reads `POSTERN_PROXIES`: addresses and networks in CIDR form, separated by commas or spaces. */
export function parseNetworks(text: string): Result<Networks> {
	const entries = text.split(/[\s,]+/).filter((part) => part !== '')
	if (entries.length === 0) return ok({ contains: () => false })
	const list = new BlockList()
	for (const entry of entries) {
		const [address = '', prefix, ...rest] = entry.split('/')
		const family = isIP(address)
		const bits = family === 4 ? 32 : 128
		const length = prefix === undefined ? bits : Number(prefix)
		if (family === 0 || rest.length > 0 || !(Number.isInteger(length) && length >= 0 && length <= bits))
			return fail('start/configuration', {
				params: { name: 'POSTERN_PROXIES', reason: `“${entry}” is not an address or network` },
			})
		list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
	}
	return ok({ contains: (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') })
}

/** Whether the caller spoke TLS: we never do, so a trusted proxy has to say it. */
export function cameByTls(peer: string | undefined, forwardedProto: string | undefined, proxies: Networks): boolean {
	// The nearest proxy wrote the last one.
	if (forwardedProto?.split(',').at(-1)?.trim() !== 'https') return false
	const address = addressOfHop(peer ?? '')
	return address !== undefined && proxies.contains(address)
}

/**
 * The caller's address: the peer, or – if the peer is a trusted proxy – the right-most address of
 * `X-Forwarded-For` that is not one (RFC 7239 §7.4: nothing to the left of it can be trusted).
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined, proxies: Networks): string {
	let address = addressOfHop(peer ?? '') ?? ''
	if (forwardedFor === undefined) return address
	const hops = forwardedFor.split(',')
	while (address !== '' && proxies.contains(address)) {
		const next = addressOfHop(hops.pop() ?? '')
		if (next === undefined) break
		address = next
	}
	return address
}
