import { type FoundPost, type PostCondition, readPostAnswer, writePostQuestion } from '@postern/policy'
import { type AskSite, fail, type Failure, ok, type Result, type SiteAnswer } from '@postern/vocabulary'
import { asRecord, formatBasicCredentials, readSiteJson, restUrl } from '@postern/wordpress'
import { edgeAuthorization, failOf401 } from './edge-login.ts'
import type { OpenedSite } from './open-credential.ts'
import { xmlRpcUrl } from './xml-rpc-url.ts'

const limits = { timeoutMs: 10_000, maxBytes: 262_144 }

/** Asks the site for one post; undefined: it has none of this id, or none that our account may edit. */
export async function askForPost(
	{ id, lookUp }: PostCondition,
	opened: OpenedSite,
	ask: AskSite,
): Promise<Result<FoundPost | undefined>> {
	const asking = { opened, ask }
	if (lookUp.kind === 'xml-rpc') return askXmlRpc(id, asking)
	const { restBase, revision } = lookUp
	const found = await askRest(`${restBase}/${id}`, 'id,type,status,author', asking)
	if (!found.ok) return found
	if (found.value === undefined) return ok(undefined)
	const isThere = revision === undefined ? ok(true) : await hasRevision(`${restBase}/${id}`, { id, revision }, asking)
	if (!isThere.ok) return isThere
	return isThere.value ? readPost(id, found.value) : ok(undefined)
}

/** WordPress before 6.5 shows a revision of another post as well. */
async function hasRevision(
	route: string,
	{ id, revision }: { readonly id: number; readonly revision: number },
	asking: Asking,
): Promise<Result<boolean>> {
	const found = await askRest(`${route}/revisions/${revision}`, 'id,parent', asking)
	if (!found.ok || found.value === undefined) return found.ok ? ok(false) : found
	const read = readSiteJson(Buffer.from(found.value.body).toString('utf8'))
	const document = asRecord(read.ok ? read.value : undefined)
	return ok(document?.['id'] === revision && document['parent'] === id)
}

type Asking = { readonly opened: OpenedSite; readonly ask: AskSite }

async function askRest(
	route: string,
	fields: string,
	{ opened, ask }: Asking,
): Promise<Result<SiteAnswer | undefined>> {
	const { connector } = opened.recorded
	const { username, password } = opened.credential
	const root = { url: connector.site.apiRootUrl, style: connector.site.apiRootStyle }
	const url = restUrl(root, `/wp/v2/${route}`, { context: 'edit', _fields: fields })
	const headers = { authorization: formatBasicCredentials(username, password), accept: 'application/json' }
	const answer = await ask({ url, method: 'GET', headers, ...limits, ...pinOf(opened) })
	if (!answer.ok) return answer
	const { status } = answer.value
	if (status === 401) return refused(answer.value, opened, false)
	if (status === 403 || status === 404) return ok(undefined)
	return status === 200 ? answer : fail('site/unavailable', { params: { host: url.host, status } })
}

function readPost(id: number, { url, body }: SiteAnswer): Result<FoundPost | undefined> {
	const read = readSiteJson(Buffer.from(body).toString('utf8'))
	const post = asRecord(read.ok ? read.value : undefined)
	const { type, status, author = 0 } = post ?? {}
	if (post?.['id'] !== id || typeof type !== 'string' || typeof status !== 'string' || typeof author !== 'number')
		return fail('response/malformed', { params: { host: url.host } })
	return ok({ type, status, authorId: author })
}

async function askXmlRpc(id: number, { opened, ask }: Asking): Promise<Result<FoundPost | undefined>> {
	const { site } = opened.recorded.connector
	const url = xmlRpcUrl(site)
	const body = writePostQuestion(id, opened.credential)
	const edge = edgeAuthorization(opened.credential, url)
	const headers = { 'content-type': 'text/xml', ...(edge === undefined ? {} : { authorization: edge }) }
	const answer = await ask({ url, method: 'POST', headers, body, ...limits, ...pinOf(opened) })
	if (!answer.ok) return answer
	if (answer.value.status === 401) return refused(answer.value, opened, edge !== undefined)
	const found = readPostAnswer(answer.value.body)
	const { username } = opened.credential
	if (found === 'rejected') return fail('site-credential/rejected', { params: { host: url.host, username } })
	return found === 'unreadable' ? fail('response/malformed', { params: { host: url.host } }) : ok(found)
}

function pinOf({ recorded }: OpenedSite): { readonly pin?: string } {
	const { pin } = recorded.connector.reach
	return pin === null ? {} : { pin }
}

function refused({ url, headers }: SiteAnswer, { credential }: OpenedSite, hasEdgeLogin: boolean): Failure {
	const contentType = headers.get('content-type') ?? undefined
	const challenge = headers.get('www-authenticate') ?? undefined
	return failOf401({ host: url.host, contentType, challenge, credential, hasEdgeLogin })
}
