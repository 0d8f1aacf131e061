import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { fail } from '@postern/vocabulary'
import { CarriedFailure } from './carried-failure.ts'

type BodyOptions = { readonly host: string; readonly coding: Coding; readonly maxBytes: number }
export type Coding = 'identity' | 'gzip' | 'deflate' | 'br'

/** A real page compresses to a tenth or so; beyond this ratio it is a bomb. Small bodies are spared. */
const maxRatio = 100
const ratioFloorBytes = 262_144
/** What compressing may add to a body that does not compress. */
const wireMarginBytes = 65_536

/** How much of a body is taken from the wire, when `maxBytes` decoded are wanted at the most. */
export const mostOnTheWire = (maxBytes: number): number => maxBytes + wireMarginBytes

export function tooLarge(host: string, maxBytes: number): CarriedFailure {
	return new CarriedFailure(fail('response/too-large', { params: { host, limit: maxBytes } }))
}

/**
 * One coding at the most: nobody sends two on purpose, and each multiplies what a few bytes can unfold to. Throws a
 * `CarriedFailure` of `response/encoding-unsupported`.
 */
export function readCoding(encoding: string | null, host: string): Coding {
	const names = (encoding ?? '')
		.toLowerCase()
		.split(',')
		.map((name) => name.trim())
	// "none" is no registered coding, yet PHP code sends it to keep the server from compressing.
	const [name = 'identity', ...more] = names.filter((one) => !['', 'identity', 'none'].includes(one))
	if (more.length === 0 && (name === 'gzip' || name === 'x-gzip')) return 'gzip'
	if (more.length === 0 && (name === 'identity' || name === 'deflate' || name === 'br')) return name
	throw new CarriedFailure(fail('response/encoding-unsupported', { params: { host } }))
}

/**
 * Decodes a body, to `maxBytes` at the most. Rejects with a `CarriedFailure` of `response/too-large`, or with the error of the
 * decoder.
 */
export async function decodeBody(wire: Buffer, { host, coding, maxBytes }: BodyOptions): Promise<Uint8Array> {
	// Answers without a body (HEAD, 304) may still name a coding.
	if (coding === 'identity' || wire.length === 0) {
		if (wire.length > maxBytes) throw tooLarge(host, maxBytes)
		return wire
	}
	// Node wants room for a byte.
	const limit = Math.max(1, Math.min(maxBytes, Math.max(ratioFloorBytes, wire.length * maxRatio)))
	try {
		const decoded = await decoders[nameOf(coding, wire)](wire, { maxOutputLength: limit })
		if (decoded.length <= maxBytes) return decoded
	} catch (error) {
		if (!isOverflow(error)) throw error
	}
	throw tooLarge(host, maxBytes)
}

const decoders = {
	gzip: promisify(gunzip),
	br: promisify(brotliDecompress),
	deflate: promisify(inflate),
	'raw deflate': promisify(inflateRaw),
}

/** "deflate" means zlib (RFC 9110 §8.4.1.2), but some servers leave its wrapper out: its first byte ends in 8. */
function nameOf(coding: Exclude<Coding, 'identity'>, wire: Buffer): keyof typeof decoders {
	return coding === 'deflate' && ((wire[0] ?? 0) & 0x0f) !== 8 ? 'raw deflate' : coding
}

function isOverflow(error: unknown): boolean {
	return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
