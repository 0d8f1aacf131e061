import { fail, ok, type Result } from '@postern/vocabulary'
import { asRecord, asText, decodeEntities, restUrl, type SiteUser, summarizeCapabilities } from '@postern/wordpress'
import { openPorts } from './ask-by-fetch.ts'
import { askApi } from './ask-api.ts'
import { judgeLogin } from './judge-login.ts'
import { readPostsOverXmlRpc } from './posts-over-xml-rpc.ts'
import type { Probe } from './probe.ts'
import { explainReply, failWith, openSession, type Session } from './session.ts'
import { quotePost } from './quote-post.ts'
import { readSiteDate } from './site-date.ts'
import type { LatestPosts, PostSummary, ProbePorts, ReachableSite, SiteCredentialInput } from './types.ts'
import { accountUrlOf } from './where-the-secret-goes.ts'

const COUNT = 5
const MAX_BYTES = 524_288

/**
 * Reads the newest posts and drafts through a connection: the proof that it works. The login comes first, because anybody
 * may read posts; so a credential that is refused is sent once. An account that may not edit sees what visitors see, and no
 * drafts. Fails as `verifySiteCredential` does, but over REST never asks XML-RPC.
 */
export async function readLatestPosts(
	site: ReachableSite,
	credential: SiteCredentialInput,
	ports: ProbePorts = openPorts(),
): Promise<Result<LatestPosts>> {
	const opened = openSession(site, credential, ports)
	if (!opened.ok) return opened
	const session = opened.value
	if (site.transport === 'xml-rpc') return readPostsOverXmlRpc(session)
	const user = await askUser(session)
	if (!user.ok) return user
	if (!summarizeCapabilities(user.value.capabilities).includes('draft')) {
		const visible = await askPosts({ status: 'publish', orderby: 'date', context: 'view' }, session)
		return visible.ok ? ok({ posts: visible.value, drafts: [] }) : visible
	}
	const [posts, drafts] = await Promise.all([
		askPosts({ status: 'publish,future', orderby: 'date', context: 'edit' }, session),
		askPosts({ status: 'draft,pending', orderby: 'modified', context: 'edit' }, session),
	])
	if (!posts.ok) return posts
	return drafts.ok ? ok({ posts: posts.value, drafts: drafts.value }) : drafts
}

async function askUser(session: Session): Promise<Result<SiteUser>> {
	const { site, probe, authorization, credential } = session
	const reply = await askApi(probe, { step: 'account', url: accountUrlOf(site), authorization, maxBytes: MAX_BYTES })
	const login = judgeLogin(reply, { site, username: credential.username, quote: probe.quote })
	return login.kind === 'user' ? ok(login.user) : failWith(explainReply(reply, session))
}

type Wanted = { readonly status: string; readonly orderby: string; readonly context: 'edit' | 'view' }

async function askPosts(wanted: Wanted, session: Session): Promise<Result<PostSummary[]>> {
	const { site, probe, authorization } = session
	const url = restUrl(site.root, '/wp/v2/posts', {
		per_page: COUNT,
		_fields: 'id,date_gmt,modified_gmt,status,title,link',
		...wanted,
	})
	const reply = await askApi(probe, { step: 'posts', url, authorization, maxBytes: MAX_BYTES })
	if (reply.kind === 'json' && Array.isArray(reply.value)) return ok(readPosts(reply.value, probe))
	const found = explainReply(reply, session)
	// The login has passed by now: a route that is refused all the same is closed to it.
	const isLogin = found.code === 'site-credential/rejected-or-stripped'
	return isLogin ? fail('api/blocked', { params: { host: session.host, plugin: '' } }) : failWith(found)
}

function readPosts(items: readonly unknown[], probe: Probe): PostSummary[] {
	return items.slice(0, COUNT).flatMap((item) => {
		const post = asRecord(item) ?? {}
		const id = post['id']
		if (typeof id !== 'number') return []
		return quotePost(
			{
				id,
				title: readTitle(post['title']),
				status: asText(post['status']),
				link: asText(post['link']),
				date: readSiteDate(asText(post['date_gmt'])),
				modified: readSiteDate(asText(post['modified_gmt'])),
			},
			probe,
		)
	})
}

/** `raw` is what was typed; `rendered` is HTML, of which the tags go. */
function readTitle(title: unknown): string {
	const { raw, rendered } = asRecord(title) ?? {}
	return decodeEntities(typeof raw === 'string' ? raw : asText(rendered).replace(/<[^<>]*>/g, ''))
}
