import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Problem, Result } from '@postern/vocabulary'

/** What is made of the bytes on their way, such as a form that is read and written anew. */
export type UploadFilter = {
	write(chunk: Uint8Array): Result<readonly Uint8Array[]>
	end(): Result<readonly Uint8Array[]>
}

const asItIs: UploadFilter = {
	write: (chunk) => ({ ok: true, value: [chunk] }),
	end: () => ({ ok: true, value: [] }),
}

/** Carries what is wrong with a body through the stream to whoever answers for it. */
export class UploadRefused extends Error {
	readonly problem: Problem

	constructor(problem: Problem) {
		super(problem.code)
		this.problem = problem
	}
}

/**
 * Passes a request's body on, no faster than it is taken. Whoever ends the stream does not end the request: its sender can still
 * be answered.
 */
export function createUpload(
	request: IncomingMessage,
	{ filter = asItIs, onBytes }: { filter?: UploadFilter; onBytes: (count: number) => void },
): Readable {
	const upload = new Readable({
		read: () => void request.resume(),
		destroy(error, callback) {
			request.off('data', take).off('end', finish).off('close', leave).off('error', leave).pause()
			callback(error)
		},
	})
	// Who reads it hears of what is wrong; where nobody does, as before it is sent, it is nobody's business.
	upload.on('error', () => undefined)
	/** Gives on what the filter lets through; false: it refused, or there is no room for more. */
	const give = (filtered: Result<readonly Uint8Array[]>): boolean => {
		if (!filtered.ok) {
			upload.destroy(new UploadRefused(filtered.problem))
			return false
		}
		let hasRoom = true
		for (const piece of filtered.value) hasRoom = upload.push(piece)
		return hasRoom
	}
	const take = (chunk: Buffer): void => {
		onBytes(chunk.length)
		if (!give(filter.write(chunk))) request.pause()
	}
	const finish = (): void => {
		give(filter.end())
		if (!upload.destroyed) upload.push(null)
	}
	const leave = (): void => {
		if (!request.complete) upload.destroy(new CallerLeft())
	}
	request.on('data', take).once('end', finish).once('close', leave).once('error', leave)
	request.pause()
	return upload
}

/** The caller closed the connection before the end of the body. */
export class CallerLeft extends Error {}
