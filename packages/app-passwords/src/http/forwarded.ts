import { createAddressRules, isAddressRule } from '../address-rules.ts'
import { addressOfHop, canonicalAddress } from '../addresses.ts'
import type { WireRequest } from './wire.ts'

/** Puts the client's own address and transport in place of the proxy's, as far as trusted proxies tell them. */
export type ReadForwarded = (request: WireRequest) => WireRequest

/**
 * Reads `X-Forwarded-For` from the right to the first address that is no trusted proxy, and of `X-Forwarded-Proto` what the
 * nearest proxy wrote: what stands further left may be the client's own invention. A hop may have a port. Anybody else's headers are ignored.
 */
export function createForwarded(trustedProxies: readonly string[]): ReadForwarded {
	if (!trustedProxies.every(isAddressRule)) throw new RangeError('A trusted proxy is no address and no network')
	if (trustedProxies.length === 0) return (request) => request
	const rules = createAddressRules()
	const isTrusted = (ip: string): boolean => rules.allow(trustedProxies, ip)
	return (request) => {
		if (!isTrusted(request.ip)) return request
		const scheme = request.header('x-forwarded-proto')?.split(',').at(-1)?.trim().toLowerCase()
		return {
			...request,
			ip: findClient(request, isTrusted),
			isTls: scheme === undefined ? request.isTls : scheme === 'https',
		}
	}
}

function findClient(request: WireRequest, isTrusted: (ip: string) => boolean): string {
	const hops = (request.header('x-forwarded-for') ?? '').split(',')
	let client = canonicalAddress(request.ip)
	for (const hop of hops.toReversed()) {
		const address = addressOfHop(hop)
		if (address === undefined) break
		client = address
		if (!isTrusted(address)) break
	}
	return client
}
