/**
 * What stands where of a site's API, in the ways in which its answers write it, and what a client shall read instead; each
 * character a byte.
 */
export type UrlRewriting = {
	readonly needles: readonly { readonly from: string; readonly to: string }[]
	readonly longest: number
}

/**
 * Prepares the replacement of a site's API root by the gateway's in JSON: at the beginning of a text, over http and https, with
 * slashes escaped as PHP does or not.
 */
export function urlRewriting(apiRootUrl: string, to: string): UrlRewriting {
	const isQuery = apiRootUrl.includes('rest_route=')
	const needles = (isQuery ? queryRoots(apiRootUrl) : pathRoots(apiRootUrl)).flatMap((root) =>
		[plain, escaped].map((write) => ({
			from: bytesOf(`"${write(root)}`),
			// The slash after `rest_route=` is encoded in some: it stays as it is.
			to: bytesOf(`"${write(isQuery ? to.slice(0, -1) : to)}`),
		})),
	)
	return { needles, longest: Math.max(...needles.map(({ from }) => from.length)) }
}

const bytesOf = (text: string): string => Buffer.from(text).toString('latin1')

function pathRoots(apiRootUrl: string): readonly string[] {
	const { host, pathname } = new URL(apiRootUrl)
	return [`https://${host}${pathname}`, `http://${host}${pathname}`]
}

/** Under plain permalinks WordPress writes the file name, and takes the root without it. */
function queryRoots(apiRootUrl: string): readonly string[] {
	const { host, pathname } = new URL(apiRootUrl)
	const folder = pathname.replace(/index\.php$/, '')
	const tails = [`${folder}index.php?rest_route=`, `${folder}?rest_route=`]
	return tails.flatMap((tail) => [`https://${host}${tail}`, `http://${host}${tail}`])
}

const plain = (text: string): string => text
const escaped = (text: string): string => text.replaceAll('/', '\\/')

const quote = '"'
const backslash = 0x5c

/**
 * Replaces in a body that arrives in pieces, of which each character is a byte: texts are searched and joined for a fraction of
 * what buffers take. What may be the beginning of an address waits for the next piece.
 */
export function createUrlRewriter(rewriting: UrlRewriting): UrlRewriter {
	return new UrlRewriter(rewriting)
}

class UrlRewriter {
	readonly #rewriting: UrlRewriting
	#kept = ''
	/** What is looked at stands behind a backslash. */
	#isEscaped = false

	constructor(rewriting: UrlRewriting) {
		this.#rewriting = rewriting
	}

	/** `isLast`: nothing follows. */
	push(piece: string, isLast: boolean): string {
		const text = this.#kept === '' ? piece : this.#kept + piece
		const end = isLast ? text.length : keptFrom(text, this.#rewriting)
		const out = replaceIn(text, end, { needles: this.#rewriting.needles, isEscaped: this.#isEscaped })
		this.#kept = text.slice(end)
		if (end > 0) this.#isEscaped = text.charCodeAt(end - 1) === backslash
		return out
	}
}

type Needles = UrlRewriting['needles']

/** How all addresses begin that are replaced. */
const beginning = '"http'

function replaceIn(
	text: string,
	end: number,
	{ needles, isEscaped }: { needles: Needles; isEscaped: boolean },
): string {
	let out = ''
	let done = 0
	// One search for what all begin with takes less than one for each, although it also finds other addresses.
	for (let at = text.indexOf(beginning); at !== -1 && at < end; at = text.indexOf(beginning, at + 1)) {
		// Behind a backslash the quote is part of a text.
		if (at === 0 ? isEscaped : text.charCodeAt(at - 1) === backslash) continue
		const needle = needles.find(({ from }) => text.startsWith(from, at))
		if (needle === undefined) continue
		out += text.slice(done, at) + needle.to
		done = at + needle.from.length
	}
	return out + text.slice(done, end)
}

/** Where the end begins that may be a part of an address: at a quote from which on everything agrees with a needle. */
function keptFrom(text: string, { needles, longest }: UrlRewriting): number {
	const from = Math.max(0, text.length - longest + 1)
	for (let at = text.lastIndexOf(quote); at >= from; at = at === 0 ? -1 : text.lastIndexOf(quote, at - 1)) {
		const rest = text.slice(at)
		if (needles.some((needle) => rest.length < needle.from.length && needle.from.startsWith(rest))) return at
	}
	return text.length
}
