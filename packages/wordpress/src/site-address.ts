import { fail, ok, type Result } from '@postern/vocabulary'
import { isMixedScript, toUnicodeHost } from './unicode-host.ts'

/** Where web sites listen; an operator may add more. */
export const sitePorts: readonly number[] = [80, 443, 8080, 8443]

export type SiteAddress = {
	/** Without query, fragment and the tails people copy along (`/wp-admin/…`); https where no scheme was typed. */
	readonly url: URL
	readonly typedScheme: 'http' | 'https' | undefined
	/** What will be contacted, an IPv6 address in brackets. */
	readonly asciiHost: string
	readonly unicodeHost: string
	/** A label mixes scripts, as look-alike names do: show the ASCII form and warn. */
	readonly isMixedScript: boolean
	readonly isIp: boolean
}

type Options = {
	/** Where Postern itself answers; `*.` in front of a host stands for any name below it. */
	readonly ownOrigins: readonly string[]
	/** Allowed besides `sitePorts`. */
	readonly extraPorts?: readonly number[]
}

type Scheme = 'http' | 'https'

/** An application password in the wrong field would go out as a name to look up. */
const likeAPassword = /^[a-z0-9]{24}$/
const maxAddressLength = 2_048
const maxNameLength = 253

/**
 * Reads what a person pasted as the address of a site. Says nothing about where the name leads: that is decided while connecting.
 * Fails with `address/…`; with `address/blocked` only for a port that nobody allowed on what looks like a machine of one's own.
 */
export function parseSiteAddress(typed: string, options: Options): Result<SiteAddress> {
	const text = typed.replace(aroundTheEdges, '')
	if (text === '') return fail('address/required')
	if (text.length > maxAddressLength) return fail('address/too-long', { params: { limit: maxAddressLength } })
	if (notInAddresses.test(text)) return fail('address/malformed')
	const written = readScheme(text)
	if (!written.ok) return written
	const url = parseUrl(written.value.address)
	if (url === undefined || likeAPassword.test(url.hostname)) return fail('address/malformed')
	const refused = checkParts(url, options)
	if (refused !== undefined) return refused
	return ok(describe(url, written.value.scheme))
}

/** Cuts off the part of a pasted path that lies inside WordPress: `/blog/wp-admin/edit.php` becomes `/blog/`. */
export function stripKnownTail(pathname: string): string {
	const path = pathname.replace(/\/{2,}/g, '/').split('/')
	const folder = path.findIndex((name) => knownFolder.test(name))
	const names = folder === -1 ? path : [...path.slice(0, folder), '']
	// Name by name: a site may put thousands of them in a row.
	for (;;) {
		const last = names.length - (names.at(-1) === '' ? 2 : 1)
		if (!knownScript.test(names[last] ?? '')) return names.join('/')
		names.splice(last, 2, '')
	}
}

const knownFolder = /^wp-(?:admin|json|content|includes)$/i
const knownScript = /^(?:wp-(?:login|signup|activate|cron|mail|links-opml|trackback|comments-post)|xmlrpc|index)\.php$/i

// White space and characters that show nothing: copied along from documents, chats and e-mails.
const aroundTheEdges = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu
// The URL parser drops some of these and takes a backslash for a slash; whoever reads the address would see another host.
const notInAddresses = /[\s\p{Cc}\\\p{Bidi_Control}]/u

/** Schemes in which an `@` does not end a name and password. */
const mayHoldAt = new Set(['data', 'javascript', 'mailto'])

/** Finds the scheme. `blog.example:8080` has none: what follows the colon is a port. */
function readScheme(text: string): Result<{ address: string; scheme: Scheme | undefined }> {
	if (text.startsWith('/')) return fail('address/malformed')
	const [, before, after = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text) ?? []
	const name = before?.toLowerCase()
	if (name === 'http' || name === 'https') {
		// Three slashes: the parser would take the first part of the path for the host. Ask, do not guess.
		return after.startsWith('///') ? fail('address/malformed') : ok({ address: text, scheme: name })
	}
	if (name === undefined || /^\d{1,5}(?:[/?#]|$)/.test(after))
		return ok({ address: `https://${text}`, scheme: undefined })
	if (!mayHoldAt.has(name) && /^[^/?#]*@/.test(after)) return fail('address/credentials-inside')
	return fail('address/scheme-unsupported', { params: { scheme: name.slice(0, 30) } })
}

function parseUrl(address: string): URL | undefined {
	const url = URL.parse(address)
	if (url === null) return undefined
	if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
	return url
}

function checkParts(url: URL, { ownOrigins, extraPorts = [] }: Options): ReturnType<typeof fail> | undefined {
	if (url.username !== '' || url.password !== '') return fail('address/credentials-inside')
	const host = url.hostname
	const port = portOf(url)
	const isOpen = sitePorts.includes(port) || extraPorts.includes(port)
	if (!isOpen && !isAtHome(host)) return fail('address/port-not-allowed', { params: { port } })
	if (!isIpHost(host) && !isHostName(host)) return fail('address/host-malformed', { params: { host } })
	if (ownOrigins.some((origin) => isSamePlace(url, new URL(origin))))
		return fail('address/own', { params: { host: url.host } })
	return isOpen ? undefined : fail('address/blocked', { params: { host, allow: `${host}:${port}` } })
}

/**
 * Looks like a site on somebody's own machine or network, where any port is usual. It is refused all the same, by what the
 * operator can do about it.
 */
function isAtHome(host: string): boolean {
	return isIpHost(host) || /^(?:.+\.)?(?:localhost|local|test|internal|lan|home\.arpa)$/.test(host)
}

/** The standard ports of both schemes lead to the same program. */
function isSamePlace(one: URL, own: URL): boolean {
	const isStandard = [one, own].every((url) => [80, 443].includes(portOf(url)))
	const isName = own.hostname.startsWith('*.')
		? one.hostname.endsWith(own.hostname.slice(1))
		: one.hostname === own.hostname
	return isName && (isStandard || portOf(one) === portOf(own))
}

const portOf = (url: URL): number => (url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port))

const isIpHost = (host: string): boolean => host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host)

/** The URL parser takes names that DNS does not, and leaves some that look like IPv4 addresses (`1.1.1.1e3`). */
function isHostName(host: string): boolean {
	const labels = host.split('.')
	const last = labels.at(-1) ?? ''
	const looksNumeric = labels.length > 1 ? /^\d/.test(last) : Number.isFinite(Number(last))
	return host.length <= maxNameLength && !looksNumeric && labels.every((label) => labelPattern.test(label))
}
const labelPattern = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

function describe(parsed: URL, typedScheme: Scheme | undefined): SiteAddress {
	const url = new URL(stripKnownTail(parsed.pathname), parsed.origin)
	const unicodeHost = toUnicodeHost(url.hostname)
	return {
		url,
		typedScheme,
		asciiHost: url.hostname,
		unicodeHost,
		isMixedScript: isMixedScript(unicodeHost),
		isIp: isIpHost(url.hostname),
	}
}
