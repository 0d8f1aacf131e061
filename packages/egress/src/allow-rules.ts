import { isIPv6 } from 'node:net'
import { fail, ok, type Result } from '@postern/vocabulary'
import {
	type Address,
	isInNetwork,
	isMetadata,
	isOwnNetwork,
	type Network,
	parseAddress,
	parseNetwork,
} from './address-ranges.ts'

/** One exception the operator makes. Without a port it holds for every port that is allowed anyway. */
export type AllowRule =
	| { readonly kind: 'name'; readonly name: string; readonly port?: number }
	| { readonly kind: 'network'; readonly network: Network; readonly port?: number }

const settingName = 'POSTERN_ALLOW_PRIVATE'
const labelPattern = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * Reads the exceptions of `POSTERN_ALLOW_PRIVATE`: `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `10.0.0.0/8`, `10.0.0.0/8:443`,
 * separated by commas or spaces. Fails with `start/configuration`.
 */
export function parseAllowRules(text: string): Result<readonly AllowRule[]> {
	const rules: AllowRule[] = []
	for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
		const rule = parseRule(entry)
		if (typeof rule === 'string') {
			return fail('start/configuration', { params: { name: settingName, reason: `"${entry}": ${rule}` } })
		}
		rules.push(rule)
	}
	return ok(rules)
}

/** The ports that rules name, for those who check a typed address before anything is asked. */
export function portsOf(rules: readonly AllowRule[]): readonly number[] {
	return [...new Set(rules.flatMap((rule) => (rule.port === undefined ? [] : [rule.port])))]
}

/** Whether a rule lets Postern reach this address under this name. Metadata addresses never match. */
export function isAllowed(target: { host: string; address: Address; port: number }, rule: AllowRule): boolean {
	if (isMetadata(target.address)) return false
	if (rule.port !== undefined && rule.port !== target.port) return false
	return rule.kind === 'name'
		? rule.name === target.host && isOwnNetwork(target.address)
		: isInNetwork(target.address, rule.network)
}

/** A rule, or what is wrong with its text. */
function parseRule(entry: string): AllowRule | string {
	if (entry.includes('://')) return 'write host:port, without a scheme'
	const parts = splitPort(entry)
	if (parts === undefined) return 'not an address, a network or a host name, each with an optional port'
	const port = parts.port === undefined ? undefined : Number(parts.port)
	if (port !== undefined && (port < 1 || port > 65_535)) return 'a port is a number from 1 to 65535'
	const withPort = port === undefined ? {} : { port }
	const inBrackets = /^\[(.*)\]$/.exec(parts.host)?.[1]
	if (inBrackets !== undefined && !isIPv6(inBrackets)) return 'brackets are for IPv6 addresses'
	const named = parseTarget(inBrackets ?? parts.host)
	return typeof named === 'string' ? named : { ...named, ...withPort }
}

function splitPort(entry: string): { host: string; port: string | undefined } | undefined {
	if (isIPv6(entry)) return { host: entry, port: undefined }
	const match = /^(\[[^\]]+\](?:\/\d+)?|[^:]+|[0-9a-f:.]+\/\d+)(?::(\d{1,5}))?$/i.exec(entry)
	const host = match?.[1]
	return host === undefined ? undefined : { host: host.replace(/^\[([^\]]+)\]\//, '$1/'), port: match?.[2] }
}

function parseTarget(host: string): AllowRule | string {
	if (host.includes('/')) {
		const network = parseNetwork(host)
		if (network === undefined) return 'not a network'
		return network[1] === 0
			? 'a network of every address would switch the protection off'
			: { kind: 'network', network }
	}
	const address = parseAddress(host)
	if (address !== undefined) return { kind: 'network', network: [address, address.kind() === 'ipv4' ? 32 : 128] }
	const name = host.toLowerCase().replace(/\.$/, '')
	const labels = name.split('.')
	if (name.length > 253 || !labels.every((label) => labelPattern.test(label))) return 'not a host name'
	return /^\d/.test(labels.at(-1) ?? '') ? 'not an address' : { kind: 'name', name }
}
