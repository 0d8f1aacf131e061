import { isReadByPhpAs } from './php-parameter.ts'
import { isMixedScript, toUnicodeHost } from './unicode-host.ts'

export type RedirectUrl = {
	/** As it was sent. */
	readonly url: string
	/** `app` opens a program on the person's device, `loopback` talks to one. */
	readonly kind: 'https' | 'loopback' | 'http' | 'app'
	/** Lower case. */
	readonly scheme: string
	/** With its port, if one was written; what an `app` calls its host. */
	readonly host: string
	/** As its owner writes it, when that differs and no label mixes scripts as look-alikes do. */
	readonly unicodeHost?: string
}

/** WordPress' own codes. */
export type RedirectError = 'invalid_redirect_url_format' | 'invalid_redirect_scheme'
export type RedirectReason = 'scheme' | 'insecure' | 'format' | 'collision' | 'too-long'

export type RedirectRefusal = { readonly ok: false; readonly error: RedirectError; readonly reason: RedirectReason }

const maxLength = 2_048

/**
 * Reads where a person shall be sent with a new password, or without one: `https` anywhere, `http` to this very device only (or
 * anywhere if `allowHttp`, as in WordPress' environment `local`), or the scheme of an app. Stricter than WordPress: the grammar
 * is looked at before it is parsed, and what the parser makes of it must be the same again. ASCII, 2,048 characters.
 */
export function readRedirectUrl(
	text: string,
	options: { readonly allowHttp: boolean },
): ({ readonly ok: true } & RedirectUrl) | RedirectRefusal {
	if (text.length > maxLength) return refuse('too-long')
	if (isDenied(text)) return refuse('scheme')
	const parts = grammar.exec(text)?.groups
	if (parts === undefined) return refuse('format')
	const { scheme = '', host = '', port, path = '', query = '' } = parts
	const kind = kindOf(scheme, host)
	if (kind === undefined) return refuse('scheme')
	if (kind === 'http' && !(options.allowHttp && scheme === 'http')) return refuse('insecure')
	if (kind === 'loopback' && scheme !== 'http') return refuse('insecure')
	if (!isSameWhenParsed(text, { host, port, path, query })) return refuse('format')
	if (holdsOutcome(query)) return refuse('collision')
	return { ok: true, url: text, kind, scheme: scheme.toLowerCase(), ...describeHost(host, port) }
}

function refuse(reason: RedirectReason): RedirectRefusal {
	return { ok: false, error: reason === 'insecure' ? 'invalid_redirect_scheme' : 'invalid_redirect_url_format', reason }
}

// Of the characters of RFC 3986 none that ends an authority early (`@`, a backslash), and no fragment.
const grammar =
	/^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?(?<path>\/[\w.~!$&'()*+,;=:@%/-]*)?(?<query>\?[\w.~!$&'()*+,;=:@%/?[\]-]*)?$/i

/** Browsers skip white space and control characters in and before a scheme, so they are skipped here. */
function isDenied(text: string): boolean {
	// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
	const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text.replace(/[\u0000-\u0020\u007F-\u00A0]+/g, ''))?.[1]
	return scheme !== undefined && denied.test(scheme)
}

/** Schemes that run or read something, or that the system gives to a program which expects no password. */
const denied =
	/^(?:javascript|livescript|mocha|jscript|vbscript|vbs|data|blob|file|filesystem|about|view-source|intent|android-app|wss?|ftps?|sftp|ssh|telnet|ldaps?|smb|nfs|gopher|jar|res|resource|mhtml|mailto|tel|sms|mms|urn|cid|mid|chrome.*|ms-.*|search-ms|microsoft-.*|edge|moz-.*|x-safari-.*|googlechromes?|shell)$/i

function kindOf(scheme: string, host: string): RedirectUrl['kind'] | undefined {
	const name = scheme.toLowerCase()
	if (name === 'https') return 'https'
	if (name === 'http') return host === '127.0.0.1' || host === '[::1]' ? 'loopback' : 'http'
	return name.length >= 2 && name.length <= 31 ? 'app' : undefined
}

type Parts = { readonly host: string; readonly port: string | undefined; readonly path: string; readonly query: string }

/** Dot segments, `0x7f.1`, percent-encoded hosts and what else a browser would read in its own way. Letter case of the host may differ. */
function isSameWhenParsed(text: string, { host, port, path, query }: Parts): boolean {
	const url = URL.parse(text)
	if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
	const isDefault = port === '443' ? url.protocol === 'https:' : port === '80' && url.protocol === 'http:'
	return (
		url.hostname.toLowerCase() === host.toLowerCase() &&
		(host.startsWith('[') || isHostName(host)) &&
		url.port === (isDefault ? '' : (port ?? '')) &&
		(url.pathname === path || (path === '' && url.pathname === '/')) &&
		(url.search === query || query === '?')
	)
}

function isHostName(host: string): boolean {
	return host.length <= 253 && host.split('.').every((label) => /^\w(?:[\w-]{0,61}\w)?$/.test(label))
}

/** A callback that brings these along could pass its own off as ours, in whichever way it reads names that stand twice (T65). */
function holdsOutcome(query: string): boolean {
	const names = query
		.slice(1)
		.split(/[&;]/)
		.map((pair) => pair.split('=', 1)[0] ?? '')
	return names.some((name) => ['site_url', 'user_login', 'password'].some((field) => isReadByPhpAs(name, field)))
}

function describeHost(host: string, port: string | undefined): Pick<RedirectUrl, 'host' | 'unicodeHost'> {
	const ascii = host.toLowerCase()
	const withPort = (name: string): string => (port === undefined ? name : `${name}:${port}`)
	const unicode = toUnicodeHost(ascii)
	const isShown = unicode !== ascii && !isMixedScript(unicode)
	return { host: withPort(ascii), ...(isShown ? { unicodeHost: withPort(unicode) } : {}) }
}

/**
 * Adds what came of it to the address: into the query, in the place of fields of the same name, before any fragment. The rest
 * of the query stays as it is. Spaces become `%20`, which apps read that take `+` for a plus sign.
 */
export function appendOutcome(url: string, fields: Readonly<Record<string, string>>): string {
	const [, base = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? []
	const left = new Map(Object.entries(fields))
	const kept = query.split('&').flatMap((pair) => {
		// With a question mark of its own, for the constructor drops one.
		const name = [...new URLSearchParams(`?${pair}`).keys()][0]
		if (name === undefined) return []
		if (!Object.hasOwn(fields, name)) return [pair]
		const value = left.get(name)
		left.delete(name)
		return value === undefined ? [] : [formatField(name, value)]
	})
	const added = [...left].map(([name, value]) => formatField(name, value))
	return `${base}?${[...kept, ...added].join('&')}${fragment}`
}

function formatField(name: string, value: string): string {
	return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
}
