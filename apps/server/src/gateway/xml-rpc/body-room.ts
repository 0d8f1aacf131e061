import type { IncomingMessage, ServerResponse } from 'node:http'
import { placeOf } from '@postern/app-passwords'
import { fail, ok, type Result } from '@postern/vocabulary'

/** Bytes of one document; attachments are in it. */
const mostBytes = 67_108_864
/** Where nobody said how long it is: what has to be kept before it can be refused. */
const mostUnannounced = 16_777_216
/** Of all documents that are being read or held at once: whoever sends has not logged in yet. One address, or /64, gets half. */
const mostAtOnce = 134_217_728

export type Body = {
	readonly bytes: Uint8Array
	/** Gives the room back; to be called when nothing holds the document any more. */
	readonly leave: () => void
}

type Sending = {
	readonly request: IncomingMessage
	readonly response: ServerResponse
	readonly ip: string
	/** Told of every piece. */
	readonly took: (bytes: number) => void
}

export type BodyRoom = {
	/** Fails with `request/body-too-large`, `gateway/busy`, `gateway/body-malformed` when its sender left before its end. */
	read(received: Sending): Promise<Result<Body>>
}

export function createBodyRoom(room = mostAtOnce): BodyRoom {
	let taken = 0
	const takenBy = new Map<string, number>()
	const add = (place: string, size: number): void => {
		taken += size
		const own = (takenBy.get(place) ?? 0) + size
		if (own > 0) takenBy.set(place, own)
		else takenBy.delete(place)
	}
	const isRoomFor = (place: string, size: number): boolean =>
		taken + size <= room && (takenBy.get(place) ?? 0) + size <= room / 2
	return {
		async read({ request, response, ip, took }) {
			const place = placeOf(ip)
			const announced = request.headers['content-length']
			const limit = announced === undefined ? mostUnannounced : mostBytes
			// Whoever announces too much is not waited for.
			if (Number(announced ?? 0) > limit) return fail('request/body-too-large', { params: { limit } })
			if (!isRoomFor(place, Number(announced ?? 0))) return fail('gateway/busy')
			if (request.headers.expect !== undefined) response.writeContinue()
			let held = 0
			const hold = (size: number): boolean => {
				took(size)
				held += size
				add(place, size)
				return isRoomFor(place, 0)
			}
			const leave = (): void => {
				add(place, -held)
				held = 0
			}
			const read = await readAll(request, { limit, hold })
			if (read.ok) return ok({ bytes: read.value, leave })
			leave()
			return read
		},
	}
}

/** Only what has arrived takes room: whoever announces much and sends nothing keeps nobody out. */
function readAll(
	request: IncomingMessage,
	{ limit, hold }: { readonly limit: number; readonly hold: (size: number) => boolean },
): Promise<Result<Uint8Array>> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = []
		let size = 0
		const stop = (refused: Result<never>): void => {
			request.off('data', take).pause()
			resolve(refused)
		}
		const take = (chunk: Buffer): void => {
			size += chunk.length
			if (size > limit) stop(fail('request/body-too-large', { params: { limit } }))
			else if (hold(chunk.length)) chunks.push(chunk)
			else stop(fail('gateway/busy'))
		}
		const fall = () => resolve(fail('gateway/body-malformed'))
		request.on('data', take)
		request.once('end', () => resolve(ok(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size))))
		request.once('close', fall)
		request.once('error', fall)
	})
}
