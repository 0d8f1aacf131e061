import { parseSiteAddress, type SiteAddress } from '@postern/wordpress'
import { readLocation } from './ask-api.ts'
import type { Answer, Probe, Reply } from './probe.ts'
import { isIpAddress, isSameSite } from './same-site.ts'
import { type Trouble, trouble, troubleOf } from './trouble.ts'
import type { DiscoverPorts } from './types.ts'

export type HomePage =
	/** `cut` names the trouble when the page was too large to be read: then only its headers are known. */
	| { readonly ok: true; readonly answer: Answer; readonly cut: Trouble | undefined }
	/** `at`: what was asked last. */
	| { readonly ok: false; readonly trouble: Trouble; readonly at: URL }

type Way = { readonly probe: Probe; readonly ports: DiscoverPorts; readonly reserve: number }

const HOPS = 5
const MAX_BYTES = 1_048_576
const ACCEPT = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5'

/**
 * Opens the page a person typed and follows its redirects by hand, five at most, without any secret. Every hop is read like a
 * typed address; http may become https and one host of a site another, silently. Another site, or https becoming http, ends it.
 */
export async function openHomePage(address: SiteAddress, way: Way): Promise<HomePage> {
	const seen = new Set<string>()
	let url = address.url
	for (let hops = 0; hops <= HOPS; hops += 1) {
		seen.add(url.href)
		const page = await askPage(url, way)
		if (!page.ok) return { ok: false, trouble: sentThere(page.trouble, { from: address.url, to: url }), at: url }
		if (!isRedirect(page.answer)) return page
		const target = readLocation(page.answer)
		if (target === undefined) return { ok: false, trouble: trouble('response/malformed', { host: url.host }), at: url }
		target.hash = ''
		const refused = await refuseHop({ from: url, to: target }, way)
		if (refused !== undefined)
			return { ok: false, trouble: sentThere(refused, { from: address.url, to: target }), at: url }
		if (seen.has(target.href)) break
		url = target
	}
	return { ok: false, trouble: trouble('redirect/loop', { host: address.url.host }), at: url }
}

async function askPage(url: URL, { probe, reserve }: Way): Promise<HomePage> {
	const question = { step: 'home-page', url, accept: ACCEPT, maxBytes: MAX_BYTES, reserve }
	const reply = await probe.ask(question)
	if (reply.kind === 'answer') return { ok: true, answer: reply, cut: undefined }
	const refused = outOf(reply, url)
	if (refused.code !== 'response/too-large') return { ok: false, trouble: refused, at: url }
	const headers = await probe.ask({ ...question, step: 'home-page-headers', method: 'HEAD' })
	return headers.kind === 'answer'
		? { ok: true, answer: headers, cut: refused }
		: { ok: false, trouble: refused, at: url }
}

// The budget is the last bound of a chain of redirects.
function outOf(reply: Exclude<Reply, Answer>, url: URL): Trouble {
	return reply.kind === 'trouble' ? reply.trouble : trouble('redirect/loop', { host: url.host })
}

function isRedirect({ status, headers }: Answer): boolean {
	return [301, 302, 303, 307, 308].includes(status) && headers.has('location')
}

/** A site that sends us somewhere private would have that address allowed: nobody is told how, and it is the site that is wrong. */
function sentThere(found: Trouble, { from, to }: { readonly from: URL; readonly to: URL }): Trouble {
	if (found.code !== 'address/blocked' || to.hostname === from.hostname) return found
	return trouble('redirect/blocked-address', { host: to.hostname, from: from.host })
}

async function refuseHop({ from, to }: { from: URL; to: URL }, way: Way): Promise<Trouble | undefined> {
	const address = parseSiteAddress(to.href, way.ports)
	if (!address.ok) return troubleOf(address.problem)
	// A literal address never belongs to the site of a name. Asking tells a private one, to which nothing is sent, from others.
	if (isIpAddress(to) && to.hostname !== from.hostname) {
		const reply = await way.probe.ask({ step: 'redirect', url: to, method: 'HEAD', accept: ACCEPT, maxBytes: 0 })
		if (reply.kind === 'trouble' && reply.trouble.code.startsWith('address/')) return reply.trouble
	}
	const params = { host: from.host, target: to.origin }
	if (!isSameSite(from, to)) return trouble('redirect/other-site', params)
	return from.protocol === 'https:' && to.protocol === 'http:' ? trouble('redirect/insecure', params) : undefined
}
