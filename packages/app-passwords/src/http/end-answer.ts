import type { IncomingMessage, ServerResponse } from 'node:http'

const lingerMs = 1_000
const lingerBytes = 8_388_608

/** Whether some of a request's body was not read: the connection has to be closed then, or it is taken for the next request. */
export function isBodyLeft({ headers, complete }: IncomingMessage): boolean {
	if (complete) return false
	return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/**
 * Ends an answer whose head, with its `Content-Length`, was written. While somebody still sends, the connection stays open for a
 * second and up to 8 MiB are read and forgotten: closed at once, it would be reset before the answer is read (RFC 9112 §9.6).
 */
export function endAnswer(response: ServerResponse, body: string | undefined): void {
	const { req: request } = response
	if (!isBodyLeft(request) || request.destroyed) {
		response.end(body)
		return
	}
	let bytes = 0
	const end = (): void => {
		clearTimeout(timer)
		request.off('data', forget).off('end', end).off('close', end)
		response.end()
	}
	const forget = (chunk: Buffer): void => {
		bytes += chunk.length
		if (bytes > lingerBytes) request.pause()
	}
	const timer = setTimeout(end, lingerMs)
	if (body === undefined || body === '') response.flushHeaders()
	else response.write(body)
	request.on('data', forget).on('end', end).on('close', end).resume()
}
