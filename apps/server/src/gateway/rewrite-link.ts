/** Maps an address of the site to the gateway's; undefined for one that is not of its API. */
export type MapUrl = (url: string) => string | undefined

/**
 * Makes what maps addresses below a site's API root to the gateway's, whether they are written over http or https, in full or
 * only as a path.
 */
export function createMapUrl(apiRootUrl: string, gatewayRoot: string): MapUrl {
	const root = new URL(apiRootUrl)
	const isQuery = root.searchParams.has('rest_route')
	const folder = isQuery ? root.pathname.replace(/index\.php$/, '') : root.pathname
	return (written) => {
		if (written.length > longestUrl) return undefined
		const url = URL.parse(written, root)
		if (url === null || url.host !== root.host || url.username !== '' || !/^https?:$/.test(url.protocol))
			return undefined
		if (!isQuery) {
			return url.pathname.startsWith(folder)
				? `${gatewayRoot}${url.pathname.slice(folder.length)}${url.search}`
				: undefined
		}
		const isIndex = url.pathname === folder || url.pathname === `${folder}index.php`
		const route = url.searchParams.get('rest_route')
		if (!isIndex || route === null) return undefined
		url.searchParams.delete('rest_route')
		const rest = url.searchParams.toString()
		const path = encodeURIComponent(route.replace(/^\//, '')).replaceAll('%2F', '/')
		return `${gatewayRoot}${path}${rest === '' ? '' : `&${rest}`}`
	}
}

const longestUrl = 8_192

/** Keeps those values of a `Link` header (RFC 8288 §3) that point into the API, pointing into the gateway; the others are dropped. */
export function rewriteLink(header: string, mapUrl: MapUrl): string | undefined {
	const kept: string[] = []
	for (const { url, parameters } of readLinks(header)) {
		const mapped = mapUrl(url)
		if (mapped !== undefined) kept.push(`<${mapped}>${parameters}`)
	}
	return kept.length === 0 ? undefined : kept.join(', ')
}

type LinkValue = { readonly url: string; readonly parameters: string }

/** Ends at what is no link: nothing is guessed. */
function readLinks(header: string): readonly LinkValue[] {
	const links: LinkValue[] = []
	let at = 0
	while (at < header.length) {
		while (' \t,'.includes(header.charAt(at)) && at < header.length) at += 1
		if (header.charAt(at) !== '<') return links
		const close = header.indexOf('>', at)
		if (close === -1) return links
		const end = endOfParameters(header, close + 1)
		if (end === undefined) return links
		links.push({ url: header.slice(at + 1, close), parameters: header.slice(close + 1, end).trimEnd() })
		at = end
	}
	return links
}

/** The comma that separates two values, which none in quotes does; undefined where quotes do not end. */
function endOfParameters(header: string, from: number): number | undefined {
	let isQuoted = false
	for (let at = from; at < header.length; at += 1) {
		const letter = header.charAt(at)
		if (letter === '"') isQuoted = !isQuoted
		else if (letter === '\\' && isQuoted) at += 1
		else if (letter === ',' && !isQuoted) return at
	}
	return isQuoted ? undefined : header.length
}
