import { ok, type Result } from '@postern/vocabulary'
import { asText, decodeEntities, isXmlRpcArray, isXmlRpcStruct, XmlRpcDate, type XmlRpcValue } from '@postern/wordpress'
import type { Probe } from './probe.ts'
import { quotePost } from './quote-post.ts'
import { readXmlRpcId } from './read-xml-rpc-id.ts'
import { failWith, type Session } from './session.ts'
import { readXmlRpcDate } from './site-date.ts'
import type { LatestPosts, PostSummary } from './types.ts'
import { callSignedIn, explainXmlRpc } from './xml-rpc-call.ts'

const COUNT = 5
const FIELDS = ['post_id', 'post_title', 'post_status', 'link', 'post_date_gmt', 'post_modified_gmt']

/** One after the other, so that a credential that is refused is sent once. */
export async function readPostsOverXmlRpc(session: Session): Promise<Result<LatestPosts>> {
	const posts = await askPosts('publish,future', 'date', session)
	if (!posts.ok) return posts
	const drafts = await askPosts('draft,pending', 'modified', session)
	return drafts.ok ? ok({ posts: posts.value, drafts: drafts.value }) : drafts
}

async function askPosts(status: string, orderby: string, session: Session): Promise<Result<readonly PostSummary[]>> {
	const filter = { post_type: 'post', post_status: status, number: COUNT, orderby, order: 'DESC' }
	const reply = await callSignedIn(session, 'wp.getPosts', filter, FIELDS)
	if (reply.kind !== 'value' || !isXmlRpcArray(reply.value)) return failWith(explainXmlRpc(reply, session))
	return ok(reply.value.slice(0, COUNT).flatMap((item) => readPost(item, session.probe) ?? []))
}

function readPost(item: XmlRpcValue, probe: Probe): PostSummary | undefined {
	const id = isXmlRpcStruct(item) ? readXmlRpcId(item['post_id']) : undefined
	if (!isXmlRpcStruct(item) || id === undefined) return undefined
	return quotePost(
		{
			id,
			title: decodeEntities(asText(item['post_title'])),
			status: asText(item['post_status']),
			link: asText(item['link']),
			date: readDate(item['post_date_gmt']),
			modified: readDate(item['post_modified_gmt']),
		},
		probe,
	)
}

function readDate(value: XmlRpcValue | undefined): Date | undefined {
	return value instanceof XmlRpcDate ? readXmlRpcDate(value) : undefined
}
