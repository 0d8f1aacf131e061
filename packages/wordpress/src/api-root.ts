/** Where a site's REST API begins. A `query` root carries its route in `rest_route`, as under plain permalinks. */
export type ApiRoot = { readonly url: string; readonly style: 'path' | 'query' }

export type RestQuery = Readonly<Record<string, string | number>>

/** Reads the style off an address; undefined when it is not http(s) or carries credentials. */
export function readApiRoot(address: string, base?: string): ApiRoot | undefined {
	const url = URL.parse(address, base)
	if (url === null || !isWebAddress(url)) return undefined
	url.hash = ''
	if (url.searchParams.has('rest_route')) return { url: url.href, style: 'query' }
	if (!url.pathname.endsWith('/')) url.pathname += '/'
	return { url: url.href, style: 'path' }
}

/**
 * Builds the address of a REST route. Everything is merged into the query that the root already has, so there is never a
 * second `?`, and a root announced as `/index.php?rest_route=/` keeps its file name (nginx refuses `PUT /?rest_route=`).
 */
export function restUrl(root: ApiRoot, route: string, query: RestQuery = {}): URL {
	const url = new URL(root.url)
	const relative = route.replace(/^\/+/, '')
	const parameters: [string, string][] = []
	for (const [name, value] of url.searchParams) {
		parameters.push([name, name === 'rest_route' ? `${withoutClosingSlashes(value)}/${relative}` : value])
	}
	if (root.style === 'path') url.pathname = `${withoutClosingSlashes(url.pathname)}/${relative}`
	for (const [name, value] of Object.entries(query)) parameters.push([name, String(value)])
	url.search = parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeValue(value)}`).join('&')
	return url
}

/** A loop: with a regular expression a site's `////…x` takes the square of its length. */
export function withoutClosingSlashes(text: string): string {
	let end = text.length
	while (text.charAt(end - 1) === '/') end -= 1
	return text.slice(0, end)
}

function isWebAddress(url: URL): boolean {
	return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === ''
}

// Slashes and commas are legal in a query, and firewalls trip over their encoded forms.
function encodeValue(value: string): string {
	return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',')
}
