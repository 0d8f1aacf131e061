import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { fail, type Failure, ok, type Result } from '@postern/vocabulary'
import { type Address, isPublic, parseAddress } from './address-ranges.ts'
import { type AllowRule, isAllowed } from './allow-rules.ts'
import { describeError } from './describe-error.ts'

export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6 }
/** Gives every address of a host name; rejects, as `dns.lookup` does, when there is none. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>

/** Whom to reach. `host` is as the URL parser writes it, an IPv6 address without its brackets. */
export type Target = { readonly host: string; readonly port: number }
type Guard = { readonly allow: readonly AllowRule[]; readonly resolve: Resolve; readonly ports: ReadonlySet<number> }

export const systemResolve: Resolve = (host) => lookup(host, { all: true, order: 'verbatim' })

// Names under which clouds publish their metadata service, wherever they resolve to.
const metadataNames = new Set(['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal'])

/**
 * Finds the addresses that may be connected to: one that may not refuses all of them.
 * Fails with `address/blocked`, `address/port-not-allowed`, `network/unknown-host`.
 */
export async function findAddresses(target: Target, guard: Guard): Promise<Result<readonly ResolvedAddress[]>> {
	const host = target.host.replace(/\.$/, '')
	if (metadataNames.has(host)) return blockedTarget({ ...target, host })
	const found = await resolveHost(host, guard.resolve)
	if (!found.ok) return found
	const addresses = found.value.map(parseAddress)
	let needsRuleForPort = false
	for (const address of addresses) {
		if (address === undefined) return blockedTarget({ ...target, host })
		const rules = guard.allow.filter((rule) => isAllowed({ host, address, port: target.port }, rule))
		if (rules.length === 0 && !isPublic(address)) return blockedTarget({ ...target, host })
		if (!guard.ports.has(target.port) && rules.every(({ port }) => port === undefined)) needsRuleForPort = true
	}
	// A port that only a rule names is open for what that rule names, not for the rest of the internet.
	if (needsRuleForPort) return fail('address/port-not-allowed', { params: { port: target.port } })
	return ok(addresses.filter((address) => address !== undefined).map(asResolved))
}

/** Whether a connected socket's peer is one of the addresses that were checked. */
export function isChecked(remoteAddress: string | undefined, checked: readonly ResolvedAddress[]): boolean {
	const peer = remoteAddress === undefined ? undefined : parseAddress(remoteAddress)
	return peer !== undefined && checked.some((one) => one.address === peer.toString())
}

async function resolveHost(host: string, resolve: Resolve): Promise<Result<readonly string[]>> {
	if (isIP(host) !== 0) return ok([host])
	// RFC 6761 §6.3: these names never go to a resolver.
	if (host === 'localhost' || host.endsWith('.localhost')) return ok(['127.0.0.1', '::1'])
	try {
		const answers = await resolve(host)
		if (answers.length > 0) return ok(answers.map((answer) => answer.address))
		return fail('network/unknown-host', { params: { host } })
	} catch (error) {
		return fail('network/unknown-host', { params: { host }, cause: describeError(error) })
	}
}

/** The same answer for every kind of address that is refused, so that it tells nothing about the network. */
export function blockedTarget({ host, port }: Target): Failure {
	const written = writtenHost(host)
	return fail('address/blocked', { params: { host: written, allow: `${written}:${port}` } })
}

/** The port of a URL, or of what undici makes of one: empty means the scheme's own. */
export const portOf = ({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number =>
	port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)

/** A host as it stands in a URL. */
export const writtenHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

const asResolved = (address: Address): ResolvedAddress => ({
	address: address.toString(),
	family: address.kind() === 'ipv4' ? 4 : 6,
})
