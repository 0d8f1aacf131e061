import type { IncomingMessage, ServerResponse } from 'node:http'
import { isPromise, runAside } from '../maybe-promise.ts'
import { warn } from '../trouble.ts'
import { endAnswer, isBodyLeft } from './end-answer.ts'
import { readNodeRequest } from './node-request.ts'
import type { Answer, WireAnswer } from './wire.ts'

export type NodeListener = (
	request: IncomingMessage,
	response: ServerResponse,
	/** May give a promise: when it fails, the request is answered with 500, and the error becomes a warning of the process. */
	next?: (error?: unknown) => unknown,
) => void

export type NodeListenerOptions = {
	/** Gives the id that events name this request by. */
	readonly requestIdOf?: (request: IncomingMessage) => string | null
}

/**
 * Serves a handler from `node:http`, Express or Connect, without going through `Request` and `Response`. A path of somebody
 * else goes to `next`, or is answered with 404 where there is none. Mount it before anything that reads bodies. Two
 * `Authorization` headers are refused (400) for every path: nobody behind can tell which of them counts (RFC 9110 §5.3).
 */
export function toNodeListener(handler: { readonly answer: Answer }, options: NodeListenerOptions = {}): NodeListener {
	const { answer } = handler
	const requestIdOf = options.requestIdOf ?? (() => null)
	return (request, response, next) => {
		const giveUp = (error: unknown): void => {
			warn(error)
			if (response.headersSent) response.destroy()
			else write(response, broken)
		}
		// What fails in there is not told to it again.
		const pass = (...error: unknown[]) => runAside(() => next?.(...error), giveUp)
		const finish = (said: WireAnswer | undefined): void => {
			if (said !== undefined) write(response, said)
			else if (next === undefined) write(response, notFound)
			else pass()
		}
		const fail = (error: unknown): void => (next === undefined ? giveUp(error) : pass(error))
		if (hasTwoAuthorizations(request.rawHeaders)) return write(response, ambiguous)
		try {
			const said = answer(readNodeRequest(request, requestIdOf(request)))
			if (isPromise(said)) Promise.resolve(said).then(finish).catch(fail)
			else finish(said)
		} catch (error) {
			fail(error)
		}
	}
}

const plain = { 'Content-Type': 'text/plain; charset=UTF-8' }
const notFound: WireAnswer = { status: 404, headers: plain, body: 'Not found.' }
const broken: WireAnswer = { status: 500, headers: plain, body: 'The server could not answer this request.' }
const ambiguous: WireAnswer = {
	status: 400,
	headers: { 'Content-Type': 'application/json; charset=UTF-8' },
	body: JSON.stringify({
		code: 'rest_ambiguous_authorization',
		message: 'The request has more than one Authorization header.',
		data: { status: 400 },
	}),
}

/** Node gives the first and drops the others. */
function hasTwoAuthorizations(rawHeaders: readonly string[]): boolean {
	let count = 0
	for (let at = 0; at < rawHeaders.length; at += 2) {
		const name = rawHeaders[at]
		if (name?.length === 13 && name.toLowerCase() === 'authorization') count += 1
	}
	return count > 1
}

/** The same headers come again and again; a list is what Node writes fastest. */
const lists = new WeakMap<object, readonly string[]>()

function write(response: ServerResponse, { status, headers, body, cookies }: WireAnswer): void {
	let list = lists.get(headers)
	if (list === undefined) {
		list = Object.entries(headers).flat()
		lists.set(headers, list)
	}
	const { req: request } = response
	response.writeHead(status, [
		...list,
		...(cookies?.flatMap((line) => ['Set-Cookie', line]) ?? []),
		...(isBodyLeft(request) ? ['Connection', 'close'] : []),
		'Content-Length',
		String(Buffer.byteLength(body)),
	])
	endAnswer(response, request.method === 'HEAD' ? undefined : body)
}
