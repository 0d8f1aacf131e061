import { endAnswer, isBodyLeft, type WireAnswer } from '@postern/app-passwords'
import { crossOrigin } from './answer-headers.ts'
import type { Arrived } from './receive.ts'

/** Writes an answer of Postern's own; nothing happens when the caller has left, or has an answer already. */
export function writeOwn(
	{ request, response, requestId }: Arrived,
	{ status, headers, body }: WireAnswer,
	always: readonly string[],
): void {
	if (response.headersSent || response.destroyed) return
	const list = [...always, ...Object.entries(headers).flat(), 'x-request-id', requestId]
	if (request.headers.origin !== undefined && headers['access-control-allow-origin'] === undefined)
		list.push(...crossOrigin)
	// RFC 9110 §8.6: neither of the two has a length.
	if (status !== 204 && status !== 304) list.push('content-length', String(Buffer.byteLength(body)))
	// Whatever was not read of the body must not be taken for the next request.
	if (isBodyLeft(request)) list.push('connection', 'close')
	endAnswer(response.writeHead(status, list), request.method === 'HEAD' ? undefined : body)
}
