import type { Note } from '@postern/vocabulary'
import { isXmlRpcArray, parseSiteAddress, type SiteAddress, withoutClosingSlashes } from '@postern/wordpress'
import { openPorts } from './ask-by-fetch.ts'
import { furthest } from './furthest.ts'
import { type PageSigns, readPageSigns } from './home-page.ts'
import { climbToTrouble, createLadder, type Ladder } from './ladder.ts'
import { openHomePage } from './open-home-page.ts'
import { type Answer, type Probe, startProbe } from './probe.ts'
import { recognizeEdge } from './recognize-trouble.ts'
import { foldersOfSite } from './root-candidates.ts'
import { readRsdService } from './rsd-service.ts'
import { isOnWordpressCom, isSameHost } from './same-site.ts'
import { likely, type Trouble, trouble, troubleOf } from './trouble.ts'
import type { DiscoveredSite, DiscoverPorts, DiscoverResult } from './types.ts'
import { callXmlRpc } from './xml-rpc-call.ts'

/** Requests left to `verifyOverXmlRpc`. */
const RESERVE = 5
const RSD_BYTES = 524_288

type Attempt = { readonly probe: Probe; readonly ladder: Ladder }

/**
 * Finds the XML-RPC of the WordPress behind an address, with no secret of the account: for sites whose REST API cannot be used,
 * because it is closed, a login stands in front, or a server drops the header. Climbs the same five rungs as `discover`.
 */
export async function findXmlRpc(typed: string, ports: DiscoverPorts = openPorts(typed)): Promise<DiscoverResult> {
	const attempt = { probe: startProbe(ports), ladder: createLadder('address', ports) }
	const address = parseSiteAddress(typed, ports)
	if (!address.ok) return failed(attempt, troubleOf(address.problem))
	const { url } = address.value
	if (isOnWordpressCom(url)) return failed(attempt, trouble('site/hosted-on-wordpress-com', { host: url.host }))
	const home = await openHomePage(address.value, { probe: attempt.probe, ports, reserve: RESERVE })
	if (home.ok) return climbFrom(home.answer, address.value, attempt)
	climbToTrouble(attempt.ladder, home.trouble, home.at)
	return failed(attempt, home.trouble)
}

async function climbFrom(answer: Answer, address: SiteAddress, attempt: Attempt): Promise<DiscoverResult> {
	const { probe, ladder } = attempt
	const page = answer.url
	ladder.goOn('secure-connection')
	ladder.goOn('wordpress', page.protocol === 'http:' ? { code: 'plain-http', params: {} } : undefined)
	const signs = readPageSigns(answer)
	const edge = answer.status >= 400 ? recognizeEdge(answer, probe) : undefined
	const search = await findEndpoint({ page, signs, probe })
	if (search.ok || signs.isWordpress) ladder.goOn('api')
	if (!search.ok) return failed(attempt, edge ?? explain(search.trouble, { page, signs }))
	ladder.goOn('application-passwords')
	// Nothing tells whether they are on: the login will.
	ladder.pass(spoken)
	return { ok: true, value: describe(search.found, { page, signs, address, probe }) }
}

function explain(found: Trouble, { page, signs }: Pick<Search, 'page' | 'signs'>): Trouble {
	if (signs.isWordpress || found.code !== 'xml-rpc/blocked') return found
	return likely('site/not-wordpress', { host: page.host }, found.code)
}

const spoken: Note = { code: 'xml-rpc-transport', params: {} }

type Endpoint = { readonly url: URL; /** Of the site, as its RSD document names it. */ readonly home: URL | undefined }
type Search = { readonly page: URL; readonly signs: PageSigns; readonly probe: Probe }
type Found = { readonly ok: true; readonly found: Endpoint } | { readonly ok: false; readonly trouble: Trouble }

/** Where the page says, else beside it and in the folders above. One that answers names what it can. */
async function findEndpoint({ page, signs, probe }: Search): Promise<Found> {
	const failures: Trouble[] = []
	const named = signs.rsd === undefined ? undefined : await askRsd(secured(signs.rsd, page), { page, signs, probe })
	const isNamed = signs.rsd !== undefined && isSameHost(signs.rsd, page)
	const folders = isNamed ? [new URL('.', signs.rsd).pathname] : foldersOfSite(page, signs)
	const guesses = folders.map((folder) => ({
		url: new URL(`${folder}xmlrpc.php`, page.origin),
		home: undefined,
	}))
	const others = guesses.filter(({ url }) => url.href !== named?.url.href)
	for (const endpoint of named === undefined ? others : [named, ...others]) {
		const { url } = endpoint
		const reply = await callXmlRpc(probe, url, {
			method: 'system.listMethods',
			params: [],
			isOpen: true,
			reserve: RESERVE,
		})
		if (reply.kind === 'value' && isXmlRpcArray(reply.value) && reply.value.includes('wp.getUsersBlogs'))
			return { ok: true, found: endpoint }
		failures.push(reply.kind === 'trouble' ? reply.trouble : likely('xml-rpc/blocked', { host: url.host }))
		if (reply.kind === 'trouble' && reply.trouble.code === 'site/rate-limited') break
	}
	return { ok: false, trouble: furthest(failures) ?? likely('xml-rpc/blocked', { host: page.host }) }
}

async function askRsd(url: URL, { probe, page }: Search): Promise<Endpoint | undefined> {
	if (!isSameHost(url, page)) return undefined
	const accept = 'application/rsd+xml,text/xml'
	const reply = await probe.ask({ step: 'rsd', url, accept, maxBytes: RSD_BYTES, reserve: RESERVE })
	const service = reply.kind === 'answer' && reply.status === 200 ? readRsdService(reply) : undefined
	if (service === undefined) return undefined
	const endpoint = secured(service.xmlRpc, page)
	const home = service.home === undefined ? undefined : secured(service.home, page)
	return isSameHost(endpoint, page) ? { url: endpoint, home } : undefined
}

// WordPress behind a proxy announces http although it is reached over https: never step down.
function secured(announced: URL, page: URL): URL {
	const url = new URL(announced)
	if (page.protocol === 'https:') url.protocol = 'https:'
	url.hash = ''
	return url
}

type Known = Search & { readonly address: SiteAddress }

/** All on the origin of `xmlrpc.php`, to which the credential goes. */
function describe({ url, home }: Endpoint, { page, signs, address, probe }: Known): DiscoveredSite {
	const wordpressUrl = withoutClosingSlashes(new URL('.', url).href)
	const isHomeThere = home !== undefined && home.origin === url.origin && home.search === ''
	const siteUrl = isHomeThere ? withoutClosingSlashes(home.href) : wordpressUrl
	const notes: Note[] = [spoken]
	if (address.typedScheme === 'http' && page.protocol === 'https:') notes.push({ code: 'https-used', params: {} })
	if (url.protocol === 'http:') notes.push({ code: 'plain-http', params: {} })
	const announced = signs.roots.find(({ root }) => new URL(root.url).origin === url.origin)?.root
	return {
		siteUrl,
		homeUrl: siteUrl,
		wordpressUrl,
		title: probe.quote(signs.title) || new URL(siteUrl).host,
		root: announced ?? { url: `${siteUrl}/wp-json/`, style: 'path' },
		foundBy: 'xml-rpc',
		transport: 'xml-rpc',
		xmlRpcUrl: url.href,
		namespaces: [],
		applicationPasswords: 'unknown',
		...(signs.version === undefined ? {} : { wordpressVersion: signs.version }),
		isIndexClosed: true,
		adminUrl: `${wordpressUrl}/wp-admin/profile.php#application-passwords-section`,
		notes,
		evidence: probe.evidence(),
	}
}

function failed({ ladder, probe }: Attempt, found: Trouble): DiscoverResult {
	return { ok: false, diagnosis: { ...found, rung: ladder.fail(found), evidence: probe.evidence() } }
}
