import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { WireRequest } from './wire.ts'

/** Reads a request of `node:http`, as far as its socket tells: whoever trusts a proxy replaces `ip` and `isTls`. */
export function readNodeRequest(request: IncomingMessage, requestId: string | null): WireRequest {
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

/** Undefined for one that is too long, and for one whose sender left before its end: he hears nothing any more. */
function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
	// Whoever announces too much is not waited for.
	if (Number(request.headers['content-length']) > limitBytes) return Promise.resolve(undefined)
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = []
		let size = 0
		const take = (chunk: Buffer): void => {
			size += chunk.length
			if (size <= limitBytes) {
				chunks.push(chunk)
				return
			}
			request.off('data', take).pause()
			resolve(undefined)
		}
		request.on('data', take)
		request.on('end', () => resolve(Buffer.concat(chunks)))
		request.on('error', (error) => (request.complete ? reject(error) : resolve(undefined)))
		if (request.readableEnded) resolve(new Uint8Array())
	})
}
