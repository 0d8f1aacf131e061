import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { isPromise } from '../maybe-promise.ts'
import type { Answer, WireAnswer, WireRequest } from './wire.ts'

export type NodeListener = (
	request: IncomingMessage,
	response: ServerResponse,
	next?: (error?: unknown) => void,
) => void

export type NodeListenerOptions = {
	/** Gives the id that events name this request by. */
	readonly requestIdOf?: (request: IncomingMessage) => string | null
}

/**
 * Serves a handler from `node:http`, Express or Connect, without going through `Request` and `Response`. A path of somebody
 * else goes to `next`, or is answered with 404 where there is none. Mount it before anything that reads bodies.
 */
export function toNodeListener(handler: { readonly answer: Answer }, options: NodeListenerOptions = {}): NodeListener {
	const { answer } = handler
	const requestIdOf = options.requestIdOf ?? (() => null)
	return (request, response, next) => {
		const finish = (said: WireAnswer | undefined): void => {
			if (said !== undefined) write(response, said)
			else if (next !== undefined) next()
			else write(response, notFound)
		}
		const fail = (error: unknown): void => {
			if (next !== undefined) next(error)
			else if (response.headersSent) response.destroy()
			else write(response, broken)
		}
		try {
			const said = answer(wireRequest(request, requestIdOf(request)))
			if (isPromise(said)) Promise.resolve(said).then(finish).catch(fail)
			else finish(said)
		} catch (error) {
			fail(error)
		}
	}
}

const plain = { 'Content-Type': 'text/plain; charset=UTF-8' }
const notFound: WireAnswer = { status: 404, headers: plain, body: 'Not found.' }
const broken: WireAnswer = { status: 500, headers: plain, body: 'Something went wrong.' }

function wireRequest(request: IncomingMessage, requestId: string | null): WireRequest {
	return {
		method: request.method ?? 'GET',
		// Express takes the mount path away and keeps the whole here.
		target:
			('originalUrl' in request && typeof request.originalUrl === 'string' ? request.originalUrl : request.url) ?? '/',
		header: (name) => {
			const value = request.headers[name]
			return typeof value === 'string' ? value : value?.join(', ')
		},
		ip: request.socket.remoteAddress ?? '',
		isTls: (request.socket as Partial<TLSSocket>).encrypted === true, // the property tells the two apart
		requestId,
		body: (limitBytes) => readBody(request, limitBytes),
	}
}

/** The same headers come again and again; a list is what Node writes fastest. */
const lists = new WeakMap<object, readonly string[]>()

function write(response: ServerResponse, { status, headers, body, cookies }: WireAnswer): void {
	let list = lists.get(headers)
	if (list === undefined) {
		list = Object.entries(headers).flat()
		lists.set(headers, list)
	}
	const length = Buffer.byteLength(body)
	response.writeHead(status, [
		...list,
		...(cookies?.flatMap((line) => ['Set-Cookie', line]) ?? []),
		'Content-Length',
		String(length),
	])
	response.end(body)
}

function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = []
		let size = 0
		request.on('data', (chunk: Buffer) => {
			size += chunk.length
			if (size <= limitBytes) chunks.push(chunk)
			else {
				request.removeAllListeners('data').resume()
				resolve(undefined)
			}
		})
		request.on('end', () => resolve(Buffer.concat(chunks)))
		request.on('error', reject)
		if (request.readableEnded) resolve(new Uint8Array())
	})
}
