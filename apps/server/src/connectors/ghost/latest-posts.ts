import { ok, type Result } from '@postern/vocabulary'
import { asRecord, asText, quoteText } from '@postern/wordpress'
import type { Reached } from '../../store/connector/reached.ts'
import type { LatestPosts, PostSummary, VisitPorts } from '../connector-type.ts'
import { type GhostProbe, startProbe } from './ask-ghost.ts'
import { failWith, judgeRefusal } from './verify-ghost.ts'

const count = 5

/** One after the other: a key that is refused is sent once. */
export async function readLatestPosts(
	{ site, credential, reach }: Reached,
	ports: VisitPorts,
): Promise<Result<LatestPosts>> {
	const probe = startProbe({ ...ports, pin: reach.pin })
	const ask = (status: string, order: string) =>
		askPosts(postsUrl(site.apiRootUrl, status, order), (step, url) => probe.ask(step, url, credential))
	const posts = await ask('[published,scheduled,sent]', 'published_at desc')
	if (!posts.ok) return posts
	const drafts = await ask('draft', 'updated_at desc')
	return drafts.ok ? ok({ posts: posts.value, drafts: drafts.value }) : drafts
}

function postsUrl(apiRoot: string, status: string, order: string): URL {
	const url = new URL('posts/', apiRoot)
	url.search = new URLSearchParams({
		limit: String(count),
		filter: `status:${status}`,
		order,
		fields: 'id,title,status,url,published_at,updated_at',
	}).toString()
	return url
}

async function askPosts(url: URL, ask: GhostProbe['ask']): Promise<Result<readonly PostSummary[]>> {
	const reply = await ask('posts', url)
	if (reply.kind !== 'json') return failWith(judgeRefusal(reply, url))
	const { posts } = reply.value
	return ok((Array.isArray(posts) ? posts : []).slice(0, count).flatMap(readPost))
}

/** In the words of the other types: a post of Ghost is published where theirs is `publish`. */
const statuses: Readonly<Record<string, string>> = { published: 'publish', sent: 'publish', scheduled: 'future' }

function readPost(item: unknown): readonly PostSummary[] {
	const post = asRecord(item) ?? {}
	const id = asText(post['id'])
	if (!/^[0-9a-f]{24}$/.test(id)) return []
	const status = quoteText(asText(post['status']), 20)
	const link = readLink(post['url'])
	const date = readDate(post['published_at'])
	const modified = readDate(post['updated_at'])
	return [
		{
			id,
			title: quoteText(asText(post['title']), 200),
			status: statuses[status] ?? status,
			...(link === undefined || status === 'draft' ? {} : { link }),
			...(date === undefined ? {} : { date }),
			...(modified === undefined ? {} : { modified }),
		},
	]
}

function readLink(link: unknown): string | undefined {
	const url = URL.parse(asText(link))
	return url !== null && /^https?:$/.test(url.protocol) && url.href.length <= 2_048 ? url.href : undefined
}

function readDate(text: unknown): Date | undefined {
	const date = new Date(asText(text))
	return Number.isNaN(date.getTime()) ? undefined : date
}
