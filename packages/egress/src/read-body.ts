import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { fail } from '@postern/vocabulary'
import { CarriedFailure } from './carried-failure.ts'

type BodyOptions = { readonly host: string; readonly encoding: string | null; readonly maxBytes: number }
type Coding = 'identity' | 'gzip' | 'deflate' | 'br'

/** A real page compresses to a tenth or so; beyond this ratio it is a bomb. Small bodies are spared. */
const maxRatio = 100
const ratioFloorBytes = 262_144
/** What compressing may add to a body that does not compress. */
const wireMarginBytes = 65_536

/**
 * Reads and decodes a whole body, never more than `maxBytes` decoded and hardly more than that from the wire. Rejects with a
 * `CarriedFailure` of `response/too-large` or `response/encoding-unsupported`, or with the error of the stream.
 */
export async function readBody(wire: Readable, { host, encoding, maxBytes }: BodyOptions): Promise<Uint8Array> {
	const tooLarge = (): CarriedFailure =>
		new CarriedFailure(fail('response/too-large', { params: { host, limit: maxBytes } }))
	const chunks: Uint8Array[] = []
	let [wireBytes, size] = [0, 0]

	async function* bounded(): AsyncGenerator<Uint8Array> {
		for await (const chunk of wire) {
			if (!(chunk instanceof Uint8Array)) throw new TypeError('a body that is not made of bytes')
			wireBytes += chunk.length
			if (wireBytes > maxBytes + wireMarginBytes) throw tooLarge()
			if (chunk.length > 0) yield chunk
		}
	}
	const take = (chunk: Uint8Array): void => {
		size += chunk.length
		if (size > maxBytes || (size > ratioFloorBytes && size > wireBytes * maxRatio)) throw tooLarge()
		chunks.push(chunk)
	}

	const coding = readCoding(encoding)
	if (coding === undefined) throw new CarriedFailure(fail('response/encoding-unsupported', { params: { host } }))
	await decode(bounded(), coding, take)
	return Buffer.concat(chunks, size)
}

/** One coding at the most: nobody sends two on purpose, and each multiplies what a few bytes can unfold to. */
function readCoding(encoding: string | null): Coding | undefined {
	const names = (encoding ?? '')
		.toLowerCase()
		.split(',')
		.map((name) => name.trim())
	// "none" is no registered coding, yet PHP code sends it to keep the server from compressing.
	const [name = 'identity', ...more] = names.filter((one) => !['', 'identity', 'none'].includes(one))
	if (more.length > 0) return undefined
	if (name === 'gzip' || name === 'x-gzip') return 'gzip'
	return name === 'identity' || name === 'deflate' || name === 'br' ? name : undefined
}

async function decode(
	source: AsyncGenerator<Uint8Array>,
	coding: Coding,
	take: (chunk: Uint8Array) => void,
): Promise<void> {
	const first = await source.next()
	// Answers without a body (HEAD, 304) may still name a coding.
	if (first.done === true) return
	async function* all(): AsyncGenerator<Uint8Array> {
		yield first.value
		yield* source
	}
	if (coding === 'identity') {
		for await (const chunk of all()) take(chunk)
		return
	}
	await pipeline(all, createDecoder(coding, first.value), async (decoded: AsyncIterable<Uint8Array>) => {
		for await (const chunk of decoded) take(chunk)
	})
}

function createDecoder(coding: Exclude<Coding, 'identity'>, start: Uint8Array): Transform {
	if (coding === 'gzip') return createGunzip()
	if (coding === 'br') return createBrotliDecompress()
	// "deflate" means zlib (RFC 9110 §8.4.1.2), but some servers leave its wrapper out: its first byte ends in 8.
	return ((start[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()
}
