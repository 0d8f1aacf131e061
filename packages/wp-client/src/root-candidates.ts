import { readApiRoot, stripKnownTail } from '@postern/wordpress'
import { type AdvertisedRoot, type PageSigns, readRsd } from './home-page.ts'
import type { Probe } from './probe.ts'
import { isSameHost } from './same-site.ts'
import type { FoundBy } from './types.ts'

export type Candidate = AdvertisedRoot & { readonly isAnnounced: boolean }
export type Search = { readonly probe: Probe; readonly page: URL; readonly signs: PageSigns; readonly reserve: number }

const RSD_BYTES = 524_288

/** Gives every address at which the API may be, the site's own words first, then guesses; the RSD document is asked when its turn comes. */
export async function* findCandidates(search: Search): AsyncGenerator<Candidate> {
	const { signs, page } = search
	yield* signs.roots.map((root) => ({ ...root, isAnnounced: true }))
	const named = signs.rsd === undefined ? undefined : await askRsd(signs.rsd, search)
	if (named !== undefined) yield named
	const [base = '/', ...parents] = foldersOfSite(page, signs)
	yield guess(page, `${base}wp-json/`, 'wp-json')
	yield guess(page, `${base}?rest_route=/`, 'rest-route')
	yield guess(page, `${base}index.php?rest_route=/`, 'index-rest-route')
	for (const folder of parents) {
		yield guess(page, `${folder}wp-json/`, 'parent')
		yield guess(page, `${folder}?rest_route=/`, 'parent')
	}
	if (signs.rsd !== undefined || !signs.isWordpress) return
	const unnamed = await askRsd(new URL(`${base}xmlrpc.php?rsd`, page.origin), search)
	if (unnamed !== undefined) yield unnamed
}

async function askRsd(url: URL, { probe, page, reserve }: Search): Promise<Candidate | undefined> {
	if (!isSameHost(url, page)) return undefined
	const reply = await probe.ask({
		step: 'rsd',
		url,
		accept: 'application/rsd+xml,text/xml',
		maxBytes: RSD_BYTES,
		reserve,
	})
	const root = reply.kind === 'answer' && reply.status === 200 ? readRsd(reply) : undefined
	return root === undefined ? undefined : { root, foundBy: 'rsd', isAnnounced: true }
}

function guess(page: URL, path: string, foundBy: FoundBy): Candidate {
	const root = readApiRoot(path, page.origin)
	if (root === undefined) throw new TypeError(`Not an address: ${path}`)
	return { root, foundBy, isAnnounced: false }
}

/** The folder of the page, then its parents up to the root; `/blog/post.html` lies in `/blog/`. */
export function foldersOf(page: URL): string[] {
	const names = stripKnownTail(page.pathname).split('/')
	if (names.at(-1)?.includes('.') === true) names.pop() // a file
	const parts = names.filter((part) => part !== '')
	return Array.from({ length: parts.length + 1 }, (_, up) => {
		const kept = parts.slice(0, parts.length - up)
		return kept.length === 0 ? '/' : `/${kept.join('/')}/`
	})
}

/**
 * The same, but none above the folder that the page names as its own by where its API is: there another site may live, such as the
 * first one of a network.
 */
export function foldersOfSite(page: URL, { roots }: Pick<PageSigns, 'roots'>): string[] {
	const own = roots.find(({ root }) => isSameHost(new URL(root.url), page))?.root
	const top = own === undefined ? '/' : new URL(own.style === 'path' ? '..' : '.', own.url).pathname
	return foldersOf(page).filter((folder) => folder.startsWith(top))
}
