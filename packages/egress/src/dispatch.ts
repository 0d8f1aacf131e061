import type { Failure } from '@postern/vocabulary'
import { CarriedFailure } from './carried-failure.ts'
import type { SitePools } from './site-pools.ts'
import type { SiteStream, SiteStreamHandler } from './site-stream.ts'

type Ports = {
	readonly pools: SitePools
	readonly userAgent: string
	readonly checkUrl: (url: URL) => Failure | undefined
}

export type Dispatch = (request: SiteStream, handler: SiteStreamHandler) => void

/** Sends requests on as they are. What is refused here reaches the handler as an error, like all that fails later. */
export function createDispatch({ pools, userAgent, checkUrl }: Ports): Dispatch {
	const checked = new Map<string, Failure | undefined>()
	const refusalOf = (origin: string): Failure | undefined => {
		if (checked.has(origin)) return checked.get(origin)
		if (checked.size >= mostOrigins) checked.clear()
		const refused = checkUrl(new URL(origin))
		checked.set(origin, refused)
		return refused
	}
	return (request, handler) => {
		const { origin, within, path } = request
		const refused = refusalOf(origin)
		if (refused !== undefined) return handler.onResponseError(null, new CarriedFailure(refused))
		if (!staysWithin(path, within)) throw new Error('a request would leave the API it is meant for')
		const headers = [...request.headers, 'user-agent', userAgent]
		if (request.contentLength !== undefined) headers.push('content-length', String(request.contentLength))
		const { pool, pin, method, body } = request
		pools.get(pool, origin, pin).dispatch({ path, method, headers, body }, handler)
	}
}

const mostOrigins = 10_000

/** The last look before a credential leaves: below the API, and no segment that a server could resolve. */
export function staysWithin(path: string, within: string): boolean {
	if (!path.startsWith(within) || path.includes('\\')) return false
	const query = path.indexOf('?')
	const end = query === -1 ? path.length : query
	for (let at = path.indexOf('/', 1); at !== -1 && at < end; at = path.indexOf('/', at + 1)) {
		if (isDotSegment(path, at + 1)) return false
	}
	return !isDotSegment(path, 1)
}

const dotSegment = /(?:\.|%2e){1,2}(?:[/?]|$)/iy

function isDotSegment(path: string, from: number): boolean {
	const first = path.charCodeAt(from)
	if (first !== 0x2e && first !== 0x25) return false
	dotSegment.lastIndex = from
	return dotSegment.test(path)
}
