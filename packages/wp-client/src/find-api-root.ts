import { type ApiRoot, readApiRoot, readSiteIndex, type SiteIndex } from '@postern/wordpress'
import { type ApiReply, askApi } from './ask-api.ts'
import { findCache } from './fingerprints.ts'
import { furthest } from './furthest.ts'
import { type Candidate, findCandidates, type Search } from './root-candidates.ts'
import { isOnWordpressCom, isSameHost } from './same-site.ts'
import { likely, type Trouble, trouble } from './trouble.ts'
import type { FoundBy } from './types.ts'

export type FoundRoot = {
	readonly root: ApiRoot
	readonly foundBy: FoundBy
	/** Undefined when the index is closed to visitors. */
	readonly index: SiteIndex | undefined
	readonly repaired: string
	/** The words of a cache that kept the index; "" when none did. */
	readonly cache: string
	/** `/wp-json/` exists but was refused on the way: not a matter of permalinks. */
	readonly isPathBlocked: boolean
}

export type RootSearch =
	| { readonly ok: true; readonly found: FoundRoot }
	/** The furthest-reaching failure of all candidates. */
	| { readonly ok: false; readonly trouble: Trouble }

const INDEX_BYTES = 2_097_152

/** Tries every way to the REST index, the site's own words first, without any secret. */
export async function findApiRoot(search: Search): Promise<RootSearch> {
	const failures: Trouble[] = []
	let isPathBlocked = false
	for await (const candidate of findCandidates(search)) {
		const refused = refuseRoot(candidate.root, search.page)
		if (refused !== undefined) return { ok: false, trouble: refused }
		const tried = await tryRoot(candidate, search)
		if (tried === 'no-budget') break
		if (tried.ok) return { ok: true, found: await preferHttps({ ...tried.found, isPathBlocked }, search) }
		failures.push(tried.trouble)
		if (candidate.foundBy === 'wp-json' && tried.trouble.code !== 'api/not-found')
			isPathBlocked = isRefusal(tried.trouble)
	}
	return { ok: false, trouble: furthest(failures) ?? likely('api/not-found', { host: search.page.host }) }
}

/** A root on another origin needs consent; the same host, with or without www, in http or https, is the same site. */
function refuseRoot(root: ApiRoot, page: URL): Trouble | undefined {
	const url = new URL(root.url)
	if (isOnWordpressCom(url)) return trouble('site/hosted-on-wordpress-com', { host: page.host })
	return isSameHost(url, page) ? undefined : trouble('api/other-origin', { host: page.host, target: url.origin })
}

type Tried =
	| { readonly ok: true; readonly found: Omit<FoundRoot, 'isPathBlocked'> }
	| { readonly ok: false; readonly trouble: Trouble }
	| 'no-budget'

async function tryRoot(candidate: Candidate, search: Search): Promise<Tried> {
	let url = secured(new URL(candidate.root.url), search.page)
	// Multilingual sites and trailing slashes: one hop within the host.
	for (let hops = 0; hops <= 1; hops += 1) {
		const reply = await askApi(search.probe, { step: 'index', url, maxBytes: INDEX_BYTES, reserve: search.reserve })
		if (reply.kind === 'no-budget') return 'no-budget'
		const target = reply.kind === 'redirect' ? reply.target : undefined
		if (target === undefined || hops === 1 || !isHarmlessHop(url, target))
			return judgeIndex(reply, { ...candidate, isWordpress: candidate.isAnnounced || search.signs.isWordpress }, url)
		url = target
	}
	throw new Error('A loop that always returns')
}

/** A site that was reached over http but calls itself https is asked there as well; application passwords are on only there. */
async function preferHttps(found: FoundRoot, { probe, reserve }: Search): Promise<FoundRoot> {
	const url = new URL(found.root.url)
	const home = URL.parse(found.index?.home ?? '')
	if (url.protocol !== 'http:' || home?.protocol !== 'https:' || !isSameHost(home, url)) return found
	url.protocol = 'https:'
	url.port = home.port
	const reply = await askApi(probe, { step: 'index-over-https', url, maxBytes: INDEX_BYTES, reserve })
	const index = reply.kind === 'json' ? readSiteIndex(reply.value) : undefined
	return index === undefined ? found : { ...found, root: { ...found.root, url: url.href }, index }
}

// WordPress behind a proxy announces http although it is reached over https: never step down.
function secured(url: URL, page: URL): URL {
	if (page.protocol === 'https:') url.protocol = 'https:'
	return url
}

function isHarmlessHop(from: URL, to: URL): boolean {
	if (isLoginPage(to)) return false
	return isSameHost(from, to) && !(from.protocol === 'https:' && to.protocol === 'http:') && from.href !== to.href
}

/** `isWordpress`: known from elsewhere, so that a refusal may come in any words. */
type Judged = Candidate & { readonly isWordpress: boolean }

function judgeIndex(reply: Exclude<ApiReply, { kind: 'no-budget' }>, candidate: Judged, url: URL): Tried {
	const host = url.host
	const root = readApiRoot(url.href) ?? candidate.root
	const { foundBy } = candidate
	switch (reply.kind) {
		case 'json': {
			const index = readSiteIndex(reply.value)
			if (index === undefined) return { ok: false, trouble: likely('api/not-json', { host, pageTitle: '' }) }
			return {
				ok: true,
				found: { root, foundBy, index, repaired: reply.repaired, cache: findCache(reply.answer.headers) },
			}
		}
		case 'refused':
			return judgeRefusal(reply, { ...candidate, root })
		case 'redirect':
			return { ok: false, trouble: judgeRedirect(reply, host) }
		case 'trouble':
			return { ok: false, trouble: softened(reply.trouble, candidate) }
	}
}

function judgeRefusal(
	{ answer, error, plugin }: Extract<ApiReply, { kind: 'refused' }>,
	{ root, foundBy, isWordpress }: Judged,
): Tried {
	const host = answer.url.host
	// Other programs refuse in the same shape.
	if (!isWordpress && plugin === undefined && !error.code.startsWith('rest_'))
		return { ok: false, trouble: likely('api/not-found', { host }) }
	const isClosed = answer.status === 401 || answer.status === 403 || (plugin !== undefined && plugin !== '')
	if (isClosed) return { ok: true, found: { root, foundBy, index: undefined, repaired: '', cache: '' } }
	return { ok: false, trouble: likely('api/blocked', { host, plugin: plugin ?? '' }) }
}

function judgeRedirect({ target }: Extract<ApiReply, { kind: 'redirect' }>, host: string): Trouble {
	return target !== undefined && isLoginPage(target)
		? likely('api/blocked', { host, plugin: '' })
		: likely('api/not-found', { host })
}

function isLoginPage(url: URL): boolean {
	return url.pathname.endsWith('/wp-login.php')
}

// Any site shows its front page for a query it does not know: without an announcement, a page there says nothing.
function softened(found: Trouble, { root, isAnnounced }: Candidate): Trouble {
	const isFrontPage = found.code === 'api/not-json' && root.style === 'query' && !isAnnounced
	return isFrontPage ? likely('api/not-found', { host: String(found.params['host']) }) : found
}

function isRefusal({ code }: Trouble): boolean {
	return code.startsWith('edge/') || code === 'api/blocked'
}
