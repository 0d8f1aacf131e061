import { fail, type Failure, ok, type Result } from '@postern/vocabulary'
import {
	asRecord,
	asText,
	decodeEntities,
	formatBasicCredentials,
	restUrl,
	type SiteUser,
	summarizeCapabilities,
} from '@postern/wordpress'
import { askApi } from './ask-api.ts'
import { checkCredential } from './check-credential.ts'
import { judgeLogin } from './judge-login.ts'
import { type Probe, startProbe } from './probe.ts'
import { createRedactor } from './redactor.ts'
import type { Trouble } from './trouble.ts'
import type { LatestPosts, PostSummary, ProbePorts, ReachableSite, SiteCredentialInput } from './types.ts'
import { accountUrlOf, refuseForeignAddress } from './where-the-secret-goes.ts'

const COUNT = 5
const MAX_BYTES = 524_288

type Reading = {
	readonly site: ReachableSite
	readonly probe: Probe
	readonly authorization: string
	readonly username: string
}

/**
 * Reads the newest posts and drafts through a connection: the proof that it works. The login comes first, because anybody
 * may read posts; so a credential that is refused is sent once. An account that may not edit sees what visitors see, and no
 * drafts. Fails as `verifySiteCredential` does, but never asks XML-RPC.
 */
export async function readLatestPosts(
	site: ReachableSite,
	credential: SiteCredentialInput,
	ports: ProbePorts,
): Promise<Result<LatestPosts>> {
	const checked = checkCredential(credential)
	if (!checked.ok) return checked
	const foreign = refuseForeignAddress(site)
	if (foreign !== undefined) return failWith(foreign)
	const { username, password } = checked.value
	const probe = startProbe(ports, createRedactor(username, password))
	const reading = { site, probe, username, authorization: formatBasicCredentials(username, password) }
	const user = await askUser(reading)
	if (!user.ok) return user
	if (!summarizeCapabilities(user.value.capabilities).includes('draft')) {
		const visible = await askPosts({ status: 'publish', orderby: 'date', context: 'view' }, reading)
		return visible.ok ? ok({ posts: visible.value, drafts: [] }) : visible
	}
	const [posts, drafts] = await Promise.all([
		askPosts({ status: 'publish,future', orderby: 'date', context: 'edit' }, reading),
		askPosts({ status: 'draft,pending', orderby: 'modified', context: 'edit' }, reading),
	])
	if (!posts.ok) return posts
	return drafts.ok ? ok({ posts: posts.value, drafts: drafts.value }) : drafts
}

async function askUser({ site, probe, authorization, username }: Reading): Promise<Result<SiteUser>> {
	const reply = await askApi(probe, { step: 'account', url: accountUrlOf(site), authorization, maxBytes: MAX_BYTES })
	const login = judgeLogin(reply, { site, username, quote: probe.quote })
	if (login.kind === 'user') return ok(login.user)
	const host = new URL(site.siteUrl).host
	if (login.kind === 'ambiguous') return fail('site-credential/rejected-or-stripped', { params: { host, username } })
	return failWith(login.trouble)
}

type Wanted = { readonly status: string; readonly orderby: string; readonly context: 'edit' | 'view' }

async function askPosts(
	wanted: Wanted,
	{ site, probe, authorization, username }: Reading,
): Promise<Result<PostSummary[]>> {
	const url = restUrl(site.root, '/wp/v2/posts', {
		per_page: COUNT,
		_fields: 'id,date_gmt,modified_gmt,status,title,link',
		...wanted,
	})
	const reply = await askApi(probe, { step: 'posts', url, authorization, maxBytes: MAX_BYTES })
	if (reply.kind === 'json' && Array.isArray(reply.value)) return ok(readPosts(reply.value, probe))
	const host = new URL(site.siteUrl).host
	// Only a site that keeps asking for patience uses the budget up.
	if (reply.kind === 'no-budget') return fail('site/rate-limited', { params: { host, seconds: 60 } })
	const login = judgeLogin(reply, { site, username, quote: probe.quote })
	return login.kind === 'failed' ? failWith(login.trouble) : fail('api/blocked', { params: { host, plugin: '' } })
}

function failWith({ code, params }: Trouble): Failure {
	return fail(code, { params })
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
