import {
	type AskSite,
	fail,
	type Failure,
	ok,
	type ProblemCode,
	problemOfNetworkError,
	type SiteRequest,
} from '@postern/vocabulary'
import type { DiscoverPorts } from './types.ts'

const USER_AGENT = 'Postern-wp-client/0.1 (+https://www.npmjs.com/package/@postern/wp-client)'

/**
 * Asks a site with the platform's own `fetch`: what is used where no ports are given. It reaches whatever this machine reaches,
 * its own network included, and cannot pin a certificate. A server that takes addresses from strangers needs a guarded way out.
 */
export const askByFetch: AskSite = async (request) => {
	if (request.pin !== undefined) throw new TypeError('fetch cannot pin a certificate: pass an `ask` that can')
	const startedAt = performance.now()
	const deadline = AbortSignal.timeout(request.timeoutMs)
	try {
		// oxlint-disable-next-line no-restricted-globals -- whoever installs this package has no egress of ours
		const response = await fetch(request.url, initOf(request, deadline))
		const body = await readBounded(response, request.maxBytes)
		if (body === undefined) return failed('response/too-large', request)
		const { status, headers } = response
		return ok({ url: request.url, status, headers, body, elapsedMs: performance.now() - startedAt })
	} catch (error) {
		if (deadline.aborted) return failed('network/timeout', request)
		if (request.signal?.aborted === true) return failed('network/closed', request)
		return failed(codeOf(error), request)
	}
}

/** The ports of everything here, where none are given. The port of a typed address is open, since a person typed it. */
export function openPorts(typed = ''): DiscoverPorts {
	const port = Number(/:(\d{1,5})(?:[/?#]|$)/.exec(typed.trim())?.[1])
	return { ask: askByFetch, clock: Date.now, ownOrigins: [], ...(port > 0 ? { extraPorts: [port] } : {}) }
}

function initOf({ method, headers, body, signal }: SiteRequest, deadline: AbortSignal): RequestInit {
	return {
		method,
		headers: { 'user-agent': USER_AGENT, ...headers },
		...(body === undefined ? {} : { body }),
		redirect: 'manual',
		signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
	}
}

async function readBounded({ body }: Response, maxBytes: number): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = []
	let length = 0
	const reader = body?.getReader()
	for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
		length += read.value.length
		if (length > maxBytes) {
			await reader?.cancel()
			return undefined
		}
		chunks.push(read.value)
	}
	const whole = new Uint8Array(length)
	let at = 0
	for (const chunk of chunks) {
		whole.set(chunk, at)
		at += chunk.length
	}
	return whole
}

/** What fetch means stands in the `cause` of its one error. */
function codeOf(error: unknown): ProblemCode {
	const cause: unknown = error instanceof Error ? (error.cause ?? error) : undefined
	if (cause instanceof Error && cause.message === 'bad port') return 'address/port-not-allowed'
	const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
	return problemOfNetworkError(code) ?? 'network/unreachable'
}

function failed(code: ProblemCode, { url, maxBytes, timeoutMs }: SiteRequest): Failure {
	const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
	const seconds = Math.ceil(timeoutMs / 1_000)
	const named: Partial<Record<ProblemCode, Readonly<Record<string, string | number>>>> = {
		'address/port-not-allowed': { port },
		'network/refused': { host: url.hostname, port },
		'network/timeout': { host: url.hostname, seconds },
		'tls/expired': { host: url.hostname, expiredAt: '' },
		'tls/not-https': { host: url.hostname, port },
		'response/too-large': { host: url.hostname, limit: maxBytes },
	}
	return fail(code, { params: named[code] ?? { host: url.hostname } })
}
