/** What stands where of a site's API, in the ways in which its answers write it, and what a client shall read instead. */
export type UrlRewriting = {
	readonly needles: readonly { readonly from: Buffer; readonly to: Buffer }[]
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
			from: Buffer.from(`"${write(root)}`),
			// The slash after `rest_route=` is encoded in some: it stays as it is.
			to: Buffer.from(`"${write(isQuery ? to.slice(0, -1) : to)}`),
		})),
	)
	return { needles, longest: Math.max(...needles.map(({ from }) => from.length)) }
}

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

const quote = 0x22
const backslash = 0x5c

/** Replaces in a body that arrives in pieces. What may be the beginning of an address waits for the next piece. */
export function createUrlRewriter({ needles, longest }: UrlRewriting): {
	/** `isLast`: nothing follows. */
	push(chunk: Buffer, isLast: boolean): Buffer
} {
	let kept: Buffer = empty
	/** The byte before what is looked at. */
	let before = 0
	return {
		push(chunk, isLast) {
			const bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
			const end = isLast ? bytes.length : keptFrom(bytes, { needles, longest })
			const out = replaceIn(bytes, end, { needles, before })
			kept = end < bytes.length ? Buffer.from(bytes.subarray(end)) : empty
			if (end > 0) before = bytes[end - 1] ?? before
			return out
		},
	}
}

const empty = Buffer.alloc(0)

type Needles = UrlRewriting['needles']

/** How all addresses begin that are replaced. */
const beginning = Buffer.from('"http')

function replaceIn(bytes: Buffer, end: number, { needles, before }: { needles: Needles; before: number }): Buffer {
	const pieces: Buffer[] = []
	let done = 0
	// One search for what all begin with takes less than one for each, although it also finds other addresses.
	for (let at = bytes.indexOf(beginning); at !== -1 && at < end; at = bytes.indexOf(beginning, at + 1)) {
		// Behind a backslash the quote is part of a text.
		if ((at === 0 ? before : bytes[at - 1]) === backslash) continue
		const needle = needles.find(({ from }) => standsAt(from, bytes, at))
		if (needle === undefined) continue
		pieces.push(bytes.subarray(done, at), needle.to)
		done = at + needle.from.length
	}
	return pieces.length === 0 ? bytes.subarray(0, end) : Buffer.concat([...pieces, bytes.subarray(done, end)])
}

/** A loop: for so few bytes a call into Node takes longer. */
function standsAt(needle: Buffer, bytes: Buffer, at: number): boolean {
	for (let index = 0; index < needle.length; index += 1) if (bytes[at + index] !== needle[index]) return false
	return true
}

/** Where the end begins that may be a part of an address: at a quote from which on everything agrees with a needle. */
function keptFrom(bytes: Buffer, { needles, longest }: UrlRewriting): number {
	const from = Math.max(0, bytes.length - longest + 1)
	for (
		let at = bytes.lastIndexOf(quote);
		at >= from && at !== -1;
		at = at === 0 ? -1 : bytes.lastIndexOf(quote, at - 1)
	) {
		const rest = bytes.length - at
		const agrees = needles.some((needle) => rest < needle.from.length && bytes.compare(needle.from, 0, rest, at) === 0)
		if (agrees) return at
	}
	return bytes.length
}
