import type { Note } from '@postern/vocabulary'
import {
	decodeEntities,
	quoteText,
	type SiteAddress,
	type SiteIndex,
	stripKnownTail,
	type ApiRoot,
	withoutClosingSlashes,
} from '@postern/wordpress'
import type { FoundRoot } from './find-api-root.ts'
import { readPhpNotice } from './php-notice.ts'
import type { PageSigns } from './home-page.ts'
import type { Probe } from './probe.ts'
import { foldersOf } from './root-candidates.ts'
import { isSameHost } from './same-site.ts'
import type { DiscoveredSite } from './types.ts'

type Discovery = {
	readonly typed: string
	readonly address: SiteAddress
	/** Where the redirects ended. */
	readonly page: URL
	readonly signs: PageSigns
	readonly found: FoundRoot
	readonly probe: Probe
}

/** Puts together what is known of a site. Its own addresses are used for their paths only: the origin is the one that answered. */
export function describeSite(discovery: Discovery): DiscoveredSite {
	const { found, signs, probe } = discovery
	const { root, index } = found
	const siteUrl = folderAt(root, index?.home) ?? folderOfRoot(discovery)
	const wordpressUrl = folderAt(root, index?.url) ?? siteUrl
	const title = probe.quote(decodeEntities(index?.name ?? '')) || probe.quote(signs.title) || new URL(siteUrl).host
	const description = probe.quote(decodeEntities(index?.description ?? ''), 200)
	return {
		siteUrl,
		homeUrl: readWebAddress(index?.home) ?? siteUrl,
		wordpressUrl,
		title,
		...(description === '' ? {} : { description }),
		root,
		foundBy: found.foundBy,
		namespaces: (index?.namespaces ?? []).map((namespace) => probe.quote(namespace, 100)),
		applicationPasswords: index === undefined ? 'unknown' : index.offersApplicationPasswords ? 'on' : 'off',
		...readAuthorizationEndpoint(index, root),
		...(signs.version === undefined ? {} : { wordpressVersion: signs.version }),
		isIndexClosed: index === undefined,
		adminUrl: `${wordpressUrl}/wp-admin/profile.php#application-passwords-section`,
		notes: notesOf(discovery, siteUrl),
		evidence: probe.evidence(),
	}
}

/** Takes the announced page on which a person approves, if it lies on the origin of the API; never `javascript:` or elsewhere. */
export function readAuthorizationEndpoint(
	index: SiteIndex | undefined,
	root: ApiRoot,
): Pick<DiscoveredSite, 'authorizationEndpoint' | 'authorizationEndpointDropped'> {
	const announced = index?.authorizationEndpoint
	if (announced === undefined) return {}
	const url = URL.parse(announced)
	if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || announced.length > 2_048)
		return { authorizationEndpointDropped: 'malformed' }
	if (url.origin !== new URL(root.url).origin) return { authorizationEndpointDropped: 'other-origin' }
	return { authorizationEndpoint: url.href }
}

function readWebAddress(announced = ''): string | undefined {
	const url = announced.length <= 300 ? URL.parse(announced) : null
	if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') return undefined
	return withoutClosingSlashes(url.href)
}

/** The announced folder on the origin of the root; undefined when it is announced for another host. */
function folderAt(root: ApiRoot, announced: string | undefined): string | undefined {
	const url = announced === undefined ? null : URL.parse(announced)
	const origin = new URL(root.url)
	if (url === null || !/^https?:$/.test(url.protocol) || !isSameHost(url, origin)) return undefined
	return withoutClosingSlashes(`${origin.origin}${url.pathname}`)
}

// Without an index: what stands before the route, or the page itself when that cannot be told.
function folderOfRoot({ found: { root }, page }: Discovery): string {
	const url = new URL(root.url)
	const path =
		root.style === 'query' || url.pathname.endsWith('/wp-json/') ? stripKnownTail(url.pathname) : foldersOf(page)[0]
	return withoutClosingSlashes(`${url.origin}${path ?? '/'}`)
}

function notesOf({ typed, address, found, probe }: Discovery, siteUrl: string): Note[] {
	const { root, repaired, isPathBlocked } = found
	const site = new URL(siteUrl)
	const notes: Note[] = []
	const add = (code: Note['code'], params: Note['params'] = {}): void => void notes.push({ code, params })
	if (isCorrected(typed, siteUrl)) add('address-corrected', { typed: quoteAddress(typed), used: siteUrl })
	if (address.typedScheme === 'http' && site.protocol === 'https:') add('https-used')
	if (site.protocol === 'http:') add('plain-http')
	if (address.unicodeHost !== address.asciiHost)
		add('international-host', { unicode: address.unicodeHost, ascii: address.asciiHost })
	if (address.isMixedScript) add('mixed-script-host', { ascii: address.asciiHost })
	if (root.style === 'query' && !isPathBlocked) add('plain-permalinks')
	else if (root.url !== `${siteUrl}/wp-json/`) add('api-found-elsewhere', { root: root.url })
	const notice = readPhpNotice(repaired)
	if (notice !== undefined) add('php-notices', notice)
	else if (repaired !== '') add('json-repaired', { excerpt: probe.quote(repaired, 200) })
	if (found.cache !== '') add('api-cached', { cache: probe.quote(found.cache, 60) })
	return notes
}

// What stands behind a pasted address may be a key or a nonce, and the note is kept.
function quoteAddress(typed: string): string {
	return quoteText(typed.trim().replace(/([?#]).*$/s, '$1…'))
}

// Scheme, case and trailing slashes are put right in silence.
function isCorrected(typed: string, siteUrl: string): boolean {
	const text = typed.trim()
	const url = URL.parse(/^https?:/i.test(text) ? text : `https://${text}`)
	const plain = (one: URL): string =>
		withoutClosingSlashes(`${one.hostname.replace(/\.$/, '')}:${one.port}${one.pathname}${one.search}`)
	return url !== null && plain(url) !== plain(new URL(siteUrl))
}
