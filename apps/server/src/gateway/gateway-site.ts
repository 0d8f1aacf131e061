import type { GatewayConnector } from '../store/connector/gateway-connectors.ts'
import { createMapUrl, type MapUrl } from './rewrite-link.ts'
import { type UrlRewriting, urlRewriting } from './rewrite-urls.ts'

/** How requests are written for one site, and its answers for the gateway. */
export type GatewaySite = {
	readonly origin: string
	/** Where paths of its API begin. */
	readonly apiPath: string
	/** Path and query of one route, both encoded: `/wp/v2/posts`, `page=2`. */
	pathOf(route: string, query: string): string
	readonly mapUrl: MapUrl
	readonly rewriting: UrlRewriting
	/** Where its API begins behind the gateway. */
	readonly gatewayRoot: string
}

/** What a site is behind this address; worked out once for as long as its connector is the same. */
export function siteOf(connector: GatewayConnector, gatewayUrl: string): GatewaySite {
	const known = sites.get(connector)
	if (known !== undefined) return known
	const made = makeSite(connector.site, gatewayUrl)
	sites.set(connector, made)
	return made
}

const sites = new WeakMap<GatewayConnector, GatewaySite>()

function makeSite({ apiRootUrl, apiRootStyle }: GatewayConnector['site'], gatewayUrl: string): GatewaySite {
	const { origin, pathname, search } = new URL(apiRootUrl)
	const isPath = apiRootStyle === 'path'
	const gatewayRoot = `${gatewayUrl}${isPath ? 'wp-json/' : '?rest_route=/'}`
	const apiPath = isPath ? pathname : `${pathname}${withRoute(search)}`
	return {
		origin,
		apiPath,
		gatewayRoot,
		pathOf(route, query) {
			const path = `${apiPath}${route.slice(1)}`
			if (query === '') return path
			return `${path}${isPath ? '?' : '&'}${query}`
		},
		mapUrl: createMapUrl(apiRootUrl, gatewayRoot),
		rewriting: urlRewriting(apiRootUrl, gatewayRoot),
	}
}

/** The root's own query with its route last, so that ours follows it: `?rest_route=/`. */
function withRoute(search: string): string {
	const others = new URLSearchParams(search)
	others.delete('rest_route')
	const before = others.toString()
	return `?${before === '' ? '' : `${before}&`}rest_route=/`
}
