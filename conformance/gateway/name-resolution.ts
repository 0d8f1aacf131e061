import dns from 'node:dns'

/**
 * Names below `localhost` are this machine (RFC 6761 §6.3). Browsers, curl and many systems know; where the system does not,
 * the clients of this process are told here, before they look up a name.
 */
export function resolveLocalhostNames(): void {
	const lookUp: unknown = dns.lookup
	if (typeof lookUp !== 'function') throw new Error('there is no dns.lookup')
	const replaced = (name: string, ...rest: readonly unknown[]): unknown =>
		lookUp(name.endsWith('.localhost') ? 'localhost' : name, ...rest)
	Object.assign(dns, { lookup: replaced })
}
