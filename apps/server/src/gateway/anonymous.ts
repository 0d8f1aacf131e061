import type { WireAnswer } from '@postern/app-passwords'
import { escapeXml } from '@postern/wordpress'
import { indexedRoutes } from './anonymous-routes.ts'
import { preflight } from './answer-headers.ts'
import { authorizePath, pathOf, type Received } from './receive.ts'
import { authenticationOf } from './remake.ts'

/**
 * Answers what needs no credentials, the same for a site that is not there as for one that is: the page behind the address, the
 * way to the authorize page, preflights. Undefined: everything else.
 */
export function answerAnybody(received: Received, origin: string): WireAnswer | undefined {
	const { target, method, wire } = received
	if (method === 'OPTIONS' && wire.origin !== undefined && wire.requestedMethod !== undefined) {
		return { status: 204, headers: pairs(preflight), body: '' }
	}
	if (method !== 'GET' && method !== 'HEAD') return undefined
	if (target === '' || target === '/') return homePage(received)
	return pathOf(target) === authorizePath ? toAuthorizePage(received, origin) : undefined
}

const pairs = (list: readonly string[]): Readonly<Record<string, string>> =>
	Object.fromEntries(list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1] ?? '']] : [])))

/** A page that clients look at for where the API is (REST API discovery), and people by mistake. */
function homePage({ gatewayUrl }: Received): WireAnswer {
	const root = `${gatewayUrl}wp-json/`
	const escaped = escapeXml(root)
	const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Postern</title><link rel="https://api.w.org/" href="${escaped}"></head>
<body><p>Applications reach a WordPress site here, with an application password of Postern. Its API is at ${escaped}</p></body></html>
`
	const headers = { 'content-type': 'text/html; charset=utf-8', link: `<${root}>; rel="https://api.w.org/"` }
	return { status: 200, headers, body }
}

/** The page is Postern's own; which site it is about travels along. */
function toAuthorizePage({ slug, target }: Received, origin: string): WireAnswer {
	const query = target.slice(authorizePath.length + 1)
	const location = `${origin}${authorizePath}?${query === '' ? '' : `${query}&`}connector=${slug}`
	return { status: 302, headers: { location }, body: '' }
}

/** The index for whoever has no credentials yet: enough to find out how to get some. */
export function anonymousIndex({ gatewayUrl }: Received): WireAnswer {
	const url = gatewayUrl.slice(0, -1)
	const body = JSON.stringify({
		name: 'WordPress behind Postern',
		description: '',
		url,
		home: url,
		gmt_offset: '0',
		timezone_string: '',
		namespaces: ['wp/v2'],
		authentication: authenticationOf(gatewayUrl),
		routes: indexedRoutes(),
		_links: {},
	})
	const link = `<${gatewayUrl}wp-json/>; rel="https://api.w.org/"`
	return { status: 200, headers: { 'content-type': 'application/json; charset=UTF-8', link }, body }
}
