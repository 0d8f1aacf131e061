import { fail, ok, type Result } from '@postern/vocabulary'
import { asRecord, asText, decodeEntities, formatBasicCredentials, restUrl } from '@postern/wordpress'
import { askApi } from './ask-api.ts'
import { checkCredential } from './check-credential.ts'
import { judgeLogin } from './judge-login.ts'
import { type Probe, startProbe } from './probe.ts'
import { createRedactor } from './redactor.ts'
import type { DiscoveredSite, LatestPosts, PostSummary, ProbePorts, SiteCredentialInput } from './types.ts'

const COUNT = 5
const MAX_BYTES = 524_288

type Reading = {
	readonly site: DiscoveredSite
	readonly probe: Probe
	readonly authorization: string
	readonly username: string
}

/**
 * Reads the newest posts and drafts through a connection: the proof that it works. An account that may not edit sees what
 * visitors see, and no drafts. Fails as `verifySiteCredential` does, but never asks XML-RPC.
 */
export async function readLatestPosts(
	site: DiscoveredSite,
	credential: SiteCredentialInput,
	ports: ProbePorts,
): Promise<Result<LatestPosts>> {
	const checked = checkCredential(credential)
	if (!checked.ok) return checked
	const { username, password } = checked.value
	const probe = startProbe(ports, createRedactor(username, password))
	const reading = { site, probe, username, authorization: formatBasicCredentials(username, password) }
	const [posts, drafts] = await Promise.all([
		askPosts({ status: 'publish,future', orderby: 'date' }, reading),
		askPosts({ status: 'draft,pending', orderby: 'modified' }, reading),
	])
	if (posts.ok && drafts.ok) return ok({ posts: posts.value, drafts: drafts.value })
	const refusal = posts.ok ? drafts : posts
	if (refusal.ok || !isAboutRole(refusal.problem.cause)) return refusal.ok ? ok({ posts: [], drafts: [] }) : refusal
	const published = await askPosts({ status: 'publish', orderby: 'date', context: 'view' }, reading)
	return published.ok ? ok({ posts: published.value, drafts: [] }) : published
}

type Wanted = { readonly status: string; readonly orderby: string; readonly context?: 'view' }

async function askPosts(wanted: Wanted, reading: Reading): Promise<Result<PostSummary[]>> {
	const { site, probe, authorization, username } = reading
	const url = restUrl(site.root, '/wp/v2/posts', {
		context: 'edit',
		per_page: COUNT,
		_fields: 'id,date_gmt,modified_gmt,status,title,link',
		...wanted,
	})
	const reply = await askApi(probe, { step: 'posts', url, authorization, maxBytes: MAX_BYTES })
	if (reply.kind === 'json' && Array.isArray(reply.value)) return ok(readPosts(reply.value, probe))
	const login = judgeLogin(reply, { site, username, quote: probe.quote })
	const host = new URL(site.siteUrl).host
	if (login.kind !== 'failed') return fail('site-credential/rejected-or-stripped', { params: { host } })
	const cause = reply.kind === 'refused' ? reply.error.code : undefined
	return fail(login.trouble.code, { params: login.trouble.params, ...(cause === undefined ? {} : { cause }) })
}

// A subscriber may not ask for drafts (400) nor for the edit context (403).
function isAboutRole(code: unknown): boolean {
	return code === 'rest_forbidden_context' || code === 'rest_forbidden_status' || code === 'rest_invalid_param'
}

function readPosts(items: readonly unknown[], probe: Probe): PostSummary[] {
	return items.slice(0, COUNT).flatMap((item) => {
		const post = asRecord(item) ?? {}
		const id = post['id']
		if (typeof id !== 'number') return []
		const link = readLink(post['link'], probe)
		const date = readDate(post['date_gmt'])
		const modified = readDate(post['modified_gmt'])
		return [
			{
				id,
				title: probe.quote(readTitle(post['title']), 200),
				status: probe.quote(asText(post['status']), 20),
				...(link === undefined ? {} : { link }),
				...(date === undefined ? {} : { date }),
				...(modified === undefined ? {} : { modified }),
			},
		]
	})
}

/** `raw` is what was typed; `rendered` is HTML, of which the tags go. */
function readTitle(title: unknown): string {
	const { raw, rendered } = asRecord(title) ?? {}
	return decodeEntities(typeof raw === 'string' ? raw : asText(rendered).replace(/<[^<>]*>/g, ''))
}

function readLink(link: unknown, probe: Probe): string | undefined {
	const url = URL.parse(asText(link))
	if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > 2_048) return undefined
	return probe.quote(url.href, 2_048) === url.href ? url.href : undefined
}

/** WordPress writes UTC without saying so, and zeros for a draft that has no date. */
function readDate(text: unknown): Date | undefined {
	const date = new Date(`${asText(text)}Z`)
	return Number.isNaN(date.getTime()) || asText(text).startsWith('0000') ? undefined : date
}
