import type { SiteDocument } from '@postern/api/contract'
import type { Note } from '@postern/vocabulary'
import { asRecord, asText, parseSiteAddress, quoteText, type SiteAddress } from '@postern/wordpress'
import type { FindPorts } from '../connector-type.ts'
import type { GhostProbe, GhostReply } from './ask-ghost.ts'
import { recognizeTrouble, sure, type Trouble } from './ghost-trouble.ts'

type Ports = Pick<FindPorts, 'ownOrigins' | 'extraPorts'>

export type FoundGhost = { readonly ok: true; readonly site: SiteDocument; readonly adminApi: URL }
export type NotFound = { readonly ok: false; readonly trouble: Trouble; readonly isReached: boolean }

const mostRedirects = 3

/** Looks for the Admin API of a Ghost at an address and above it. What it tells of itself there, anybody may read. */
export async function findGhost(typed: string, ports: Ports, probe: GhostProbe): Promise<FoundGhost | NotFound> {
	const address = parseSiteAddress(typed, ports)
	if (!address.ok) return { ok: false, trouble: sure(address.problem.code, address.problem.params), isReached: false }
	const { host } = address.value.url
	for (const folder of foldersOf(address.value.url)) {
		const reply = await askHere(new URL('ghost/api/admin/site/', folder), ports, probe)
		if (reply.kind === 'stopped') return { ok: false, trouble: reply.trouble, isReached: true }
		const site = reply.kind === 'json' ? readSite(reply, address.value) : undefined
		if (reply.kind === 'json' && site !== undefined) return { ok: true, site, adminApi: new URL('..', reply.url) }
		const trouble = reply.kind === 'json' ? undefined : recognizeTrouble(reply, host)
		if (trouble !== undefined) return { ok: false, trouble, isReached: reply.kind !== 'trouble' }
	}
	return { ok: false, trouble: sure('site/not-ghost', { host }), isReached: true }
}

/** Without the part of a pasted path that lies inside Ghost, each with a slash at its end. */
function foldersOf(url: URL): readonly URL[] {
	const names = url.pathname.split('/').filter((name) => name !== '')
	const inside = names.indexOf('ghost')
	const own = inside === -1 ? names : names.slice(0, inside)
	// What was typed, the folder that a Ghost of somebody usually has, and the whole site.
	const depths = new Set([own.length, Math.min(1, own.length), 0])
	return [...depths].map(
		(depth) =>
			new URL(
				`/${own
					.slice(0, depth)
					.map((name) => `${name}/`)
					.join('')}`,
				url.origin,
			),
	)
}

type Stopped = { readonly kind: 'stopped'; readonly trouble: Trouble }

/** Follows what stays on the host, or goes from http to https there; anything else is for the person to decide. */
async function askHere(start: URL, ports: Ports, probe: GhostProbe): Promise<GhostReply | Stopped> {
	let url = start
	for (let hop = 0; hop <= mostRedirects; hop += 1) {
		const reply = await probe.ask('site', url)
		const target = reply.kind === 'foreign' ? targetOf(reply) : undefined
		if (target === undefined) return reply
		const trouble = refuseHop(url, target, ports)
		if (trouble !== undefined) return { kind: 'stopped', trouble }
		url = target
	}
	return { kind: 'stopped', trouble: sure('redirect/loop', { host: start.host }) }
}

function targetOf({ status, headers, url }: Extract<GhostReply, { kind: 'foreign' }>): URL | undefined {
	const location = headers.get('location')
	if (location === null || ![301, 302, 303, 307, 308].includes(status)) return undefined
	return URL.parse(location.slice(0, 2_048), url) ?? undefined
}

function refuseHop(from: URL, to: URL, ports: Ports): Trouble | undefined {
	const address = parseSiteAddress(to.href, ports)
	if (!address.ok) return sure(address.problem.code, address.problem.params)
	const params = { host: from.host, target: `${to.origin}/` }
	if (to.hostname !== from.hostname) return sure('redirect/other-site', params)
	return from.protocol === 'https:' && to.protocol === 'http:' ? sure('redirect/insecure', params) : undefined
}

/** Undefined for JSON that no Ghost gives. */
function readSite({ value, url }: Extract<GhostReply, { kind: 'json' }>, typed: SiteAddress): SiteDocument | undefined {
	const site = asRecord(value['site'])
	const version = asText(site?.['version'])
	if (site === undefined || typeof site['title'] !== 'string' || !/^\d{1,4}(?:\.\d{1,4}){1,2}/.test(version))
		return undefined
	const folder = new URL('../../../..', url) // above ghost/api/admin/site/
	const apiRoot = new URL('..', url).href
	return {
		url: folder.href.replace(/\/$/, ''),
		host: folder.host,
		title: quoteText(site['title'], 200) || folder.host,
		apiRoot,
		apiStyle: 'path',
		applicationPasswords: 'unknown',
		authorizationEndpoint: null,
		adminUrl: new URL('../../', apiRoot).href,
		version: quoteText(version, 20),
		wordpressVersion: null,
		notes: notesOf(folder, typed).map(({ code, params }) => ({ code, params: { ...params } })),
	}
}

function notesOf(folder: URL, { typedScheme }: SiteAddress): readonly Note[] {
	if (folder.protocol === 'http:') return [{ code: 'plain-http', params: {} }]
	return typedScheme === 'http' ? [{ code: 'https-used', params: {} }] : []
}
