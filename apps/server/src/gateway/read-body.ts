import { fail, ok, type Result } from '@postern/vocabulary'
import type { OpenStream } from './open-streams.ts'
import type { Received } from './receive.ts'

/** Reads a whole body. Fails with `request/body-too-large`, and with `gateway/body-malformed` when its sender left before its end. */
export function readBody(
	{ request, response }: Pick<Received, 'request' | 'response'>,
	maxBytes: number,
	open: OpenStream,
): Promise<Result<Uint8Array>> {
	const tooLarge = fail('request/body-too-large', { params: { limit: maxBytes } })
	// Whoever announces too much is not waited for.
	if (Number(request.headers['content-length']) > maxBytes) return Promise.resolve(tooLarge)
	if (request.headers.expect !== undefined) response.writeContinue()
	return new Promise((resolve) => {
		const chunks: Buffer[] = []
		let size = 0
		const take = (chunk: Buffer): void => {
			size += chunk.length
			open.tookFromCaller(chunk.length)
			if (size <= maxBytes) {
				chunks.push(chunk)
				return
			}
			request.off('data', take).pause()
			resolve(tooLarge)
		}
		request.on('data', take)
		request.once('end', () => resolve(ok(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size))))
		request.once('close', () => resolve(fail('gateway/body-malformed')))
		request.once('error', () => resolve(fail('gateway/body-malformed')))
	})
}
