import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { Configuration } from '../configuration.ts'
import { cameByTls, clientAddress } from '../wire/client-address.ts'
import type { Place } from './places.ts'
import { readWire, type Wire } from './read-wire.ts'

/** A request to the gateway, of which nothing but its header is read. */
export type Received = Place & {
	readonly request: IncomingMessage
	readonly response: ServerResponse
	readonly method: string
	readonly wire: Wire
	/** The caller's address; never a proxy's that we trust. */
	readonly ip: string
	readonly isTls: boolean
	readonly requestId: string
	/** By `performance.now()`. */
	readonly startedAt: number
}

export type Arrived = {
	readonly request: IncomingMessage
	readonly response: ServerResponse
	readonly requestId: string
	readonly startedAt: number
}

export function arrive(request: IncomingMessage, response: ServerResponse): Arrived {
	return { request, response, requestId: randomUUID(), startedAt: performance.now() }
}

/** WordPress routes know these; TRACE would show the credential, and CONNECT is for proxies. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const allow = [...methods].join(', ')

/**
 * Reads what the gateway itself has to know. Fails with `request/malformed`, `request/header-too-large`,
 * `request/method-not-allowed`, `gateway/navigation-refused`.
 */
export function receive(
	{ request, response, requestId, startedAt }: Arrived,
	place: Result<Place>,
	{ proxies }: Pick<Configuration, 'proxies'>,
): Result<Received> {
	const read = readWire(request.rawHeaders, request.httpVersion)
	if (!read.ok) return read
	if (!place.ok) return place
	const { slug, target, gatewayUrl } = place.value
	const wire = read.value
	const { method = 'GET', socket } = request
	if (!methods.has(method)) return fail('request/method-not-allowed', { params: { allow } })
	if (isForDisplay(wire) && !mayBeOpened(target)) return fail('gateway/navigation-refused')
	const peer = socket.remoteAddress
	const ip = clientAddress(peer, wire.forwardedFor, proxies)
	const isTls = cameByTls(peer, wire.forwardedProto, proxies)
	return ok({ slug, target, gatewayUrl, request, response, method, wire, ip, isTls, requestId, startedAt })
}

export const authorizePath = '/wp-admin/authorize-application.php'

/**
 * Whether a browser would show the answer, or run it: as a page, a script, a picture (Fetch Metadata §2). What a program asks for is
 * for nothing of that kind, `empty`.
 */
function isForDisplay({ secFetchMode, secFetchDest = 'empty' }: Wire): boolean {
	return secFetchMode === 'navigate' || secFetchDest !== 'empty'
}

/** What is meant for a browser window: the page that says what this is, and the way to the authorize page. */
function mayBeOpened(target: string): boolean {
	return target === '' || target === '/' || pathOf(target) === authorizePath
}

export function pathOf(target: string): string {
	const mark = target.indexOf('?')
	return mark === -1 ? target : target.slice(0, mark)
}
