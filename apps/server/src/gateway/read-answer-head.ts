import type { IncomingHttpHeaders } from 'node:http'
import { fail, type Failure, ok, type Result } from '@postern/vocabulary'
import { failOf401 } from '../access/edge-login.ts'
import type { OpenedCredential } from '../access/open-credential.ts'
import { type Coding, readCoding } from './decode.ts'
import type { GatewaySite } from './gateway-site.ts'
import { rewriteLink } from './rewrite-link.ts'

/** The head of an answer as it goes to the caller, but for what frames it. */
export type AnswerHead = {
	readonly status: number
	/** Names and values in turn. */
	readonly headers: string[]
	/** Addresses in it are rewritten. */
	readonly isJson: boolean
	/** To be undone: what is JSON is rewritten, and in texts the credential is looked for. */
	readonly coding: Coding | undefined
	/** Of the site's body. */
	readonly length: number | undefined
}

/** All that a site may say in a header; `link` and `location` are rewritten, and what frames the message is ours. */
const passed: readonly string[] = [
	'content-type',
	'content-language',
	'content-range',
	'accept-ranges',
	'etag',
	'last-modified',
	'x-wp-total',
	'x-wp-totalpages',
	'allow',
	'retry-after',
]

const mostCodings = 5
const jsonType = /^application\/(?:json|[\w.!#$&^-]{1,64}\+json)\s*(?:;|$)/i
/** What pages and dumps of headers come as, which may show the credential; nothing said is text, too. */
const textType = /^(?:$|text\/|application\/(?:[\w.-]{1,64}\+)?xml\s*(?:;|$))/i
const xmlType = /^(?:text|application)\/xml\s*(?:;|$)/i

type About = {
	readonly site: Pick<GatewaySite, 'mapUrl'>
	readonly host: string
	readonly credential: OpenedCredential
}

/**
 * Reads the head of a site's answer. Fails as `failOf401` does for a 401, with `redirect/refused` for a redirect that leads out of
 * the API, `response/encoding-unsupported`.
 */
export function readAnswerHead(
	status: number,
	headers: IncomingHttpHeaders,
	{ site, host, credential }: About,
): Result<AnswerHead> {
	if (status === 401) return refused(headers, host, credential)
	const location = headers.location === undefined ? undefined : site.mapUrl(headers.location)
	if (status >= 300 && status < 400 && status !== 304 && location === undefined)
		return fail('redirect/refused', { params: { host } })
	const type = headers['content-type'] ?? ''
	const isJson = jsonType.test(type)
	const written = oneLine(headers['content-encoding'])
	const isLookedAt = isJson || textType.test(type)
	const coding = isLookedAt ? readCoding(written) : undefined
	const isReadable = isLookedAt ? isPlain(written) || coding !== undefined : countCodings(written) <= mostCodings
	if (!isReadable) return fail('response/encoding-unsupported', { params: { host } })
	const list: string[] = []
	for (const name of passed) {
		const value = headers[name]
		if (typeof value === 'string') list.push(name, value)
	}
	if (!isLookedAt && !isPlain(written)) list.push('content-encoding', written)
	const link = headers['link']
	const rewritten = link === undefined ? undefined : rewriteLink(oneLine(link), site.mapUrl)
	if (rewritten !== undefined) list.push('link', rewritten)
	if (location !== undefined) list.push('location', location)
	// Whatever a browser could show as a page, it shall keep as a file.
	if (!isJson && !xmlType.test(type)) list.push('content-disposition', 'attachment')
	const length = coding === undefined || isJson ? readLength(headers['content-length']) : undefined
	return ok({ status, headers: list, isJson, coding, length })
}

/** One header holds one login: over REST that is the site's own. */
function refused(headers: IncomingHttpHeaders, host: string, credential: OpenedCredential): Failure {
	const { 'content-type': contentType, 'www-authenticate': challenge } = headers
	return failOf401({ host, contentType, challenge, credential, hasEdgeLogin: false })
}

/** Sent in several lines, it is the same as in one (RFC 9110 §5.3). */
const oneLine = (value: string | readonly string[] | undefined): string =>
	typeof value === 'string' ? value : (value?.join(', ') ?? '')

const isPlain = (coding: string): boolean => coding === '' || coding.toLowerCase() === 'identity'

function countCodings(coding: string): number {
	return coding.split(',', mostCodings + 2).length
}

function readLength(text: string | undefined): number | undefined {
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
