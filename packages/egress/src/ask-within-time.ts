import { setImmediate } from 'node:timers/promises'
import { fail, type Failure, ok, type Result, type SiteAnswer, type SiteRequest } from '@postern/vocabulary'
import type { Agent } from 'undici'
import { isTimeout } from './before-abort.ts'
import { problemOfError } from './problem-of-error.ts'
import { decodeBody } from './read-body.ts'
import { takeAnswer } from './take-answer.ts'

type Ports = { readonly agent: Agent; readonly userAgent: string }

/** What the client itself writes. A `host` of the caller's would also change the name the certificate is checked against. */
const ourHeaders = new Set([
	'connection',
	'content-length',
	'expect',
	'host',
	'keep-alive',
	'proxy-authorization',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
])

/** Sends one request; resolving, connecting, the header and the body together take `timeoutMs` at the most. */
export async function askWithinTime(request: SiteRequest, ports: Ports): Promise<Result<SiteAnswer>> {
	const startedAt = performance.now()
	const ending = new AbortController()
	let isLate = false
	const timer = setTimeout(() => {
		isLate = true
		ending.abort()
	}, request.timeoutMs)
	// Not `AbortSignal.any`: it costs as much as the request.
	const cancel = (): void => ending.abort(request.signal?.reason)
	request.signal?.addEventListener('abort', cancel, { once: true })
	if (request.signal?.aborted === true) cancel()
	const progress = { hasAnswered: false }
	try {
		const answer = await exchange({ request, signal: ending.signal, progress }, ports)
		return ok({ ...answer, url: request.url, elapsedMs: performance.now() - startedAt })
	} catch (error) {
		if (isLate) return timedOut(request)
		if (request.signal?.aborted === true) return cancelled(request)
		const problem = problemOfError(error, { ...inWords(request), limit: request.maxBytes, ...progress })
		if (problem === undefined) throw error
		return problem
	} finally {
		clearTimeout(timer)
		request.signal?.removeEventListener('abort', cancel)
	}
}

type Exchange = {
	readonly request: SiteRequest
	readonly signal: AbortSignal
	readonly progress: { hasAnswered: boolean }
}

async function exchange(
	{ request, signal, progress }: Exchange,
	{ agent, userAgent }: Ports,
): Promise<Pick<SiteAnswer, 'status' | 'headers' | 'body'>> {
	const { url, method, maxBytes } = request
	const host = url.hostname
	signal.throwIfAborted()
	const options = {
		origin: url.origin,
		path: `${url.pathname}${url.search}`,
		method,
		headers: requestHeaders(request, userAgent),
		body: request.body ?? null,
	}
	const onHead = (): void => void (progress.hasAnswered = true)
	const { wire, coding, ...answer } = await takeAnswer({ agent, options, host, maxBytes, signal, onHead })
	// undici takes the connection back after this turn of the loop; the caller's next request shall find it.
	const [body] = await Promise.all([decodeBody(wire, { host, coding, maxBytes }), setImmediate()])
	return { ...answer, body }
}

function requestHeaders({ headers = {} }: SiteRequest, userAgent: string): Record<string, string> {
	const sent: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'gzip, deflate, br' }
	for (const [name, value] of Object.entries(headers)) {
		const key = name.toLowerCase()
		if (ourHeaders.has(key)) throw new TypeError(`the header "${key}" is written by egress`)
		sent[key] = value
	}
	return sent
}

const inWords = ({ url, timeoutMs }: SiteRequest): { url: URL; seconds: number } => ({
	url,
	seconds: Math.ceil(timeoutMs / 1_000),
})

function timedOut(request: SiteRequest): Failure {
	const { url, seconds } = inWords(request)
	return fail('network/timeout', { params: { host: url.hostname, seconds } })
}

/** Nobody waits for this answer any more, unless the caller's signal was a deadline of its own. */
function cancelled(request: SiteRequest): Failure {
	if (isTimeout(request.signal?.reason)) return timedOut(request)
	return fail('network/closed', { params: { host: request.url.hostname }, cause: 'the caller cancelled the request' })
}
