import { fail, ok, type Failure, type Result } from '@postern/vocabulary'
import { readPartHeaders, type PartHeaders } from './part-headers.ts'

/** What a form is made of, in its order; `data` comes as often as it comes. */
export type MultipartEvent =
	| { readonly kind: 'part'; readonly headers: PartHeaders }
	| { readonly kind: 'data'; readonly bytes: Uint8Array }
	| { readonly kind: 'part-end' }

export type MultipartSink = (event: MultipartEvent) => Failure | undefined

/** Takes a form piece by piece, in constant memory. After a failure it takes nothing more. */
export type MultipartReader = {
	write(chunk: Uint8Array): Result<void>
	/** Fails when the form is not at its end. */
	end(): Result<void>
}

const maxHeaderBytes = 4_096
const cr = 0x0d
const lf = 0x0a
const hyphen = 0x2d
const none = new Uint8Array(0)

type State = 'opening' | 'headers' | 'data' | 'delimiter' | 'epilogue'

/**
 * Reads multipart/form-data (RFC 7578) strictly: no preamble, nothing but line ends behind the last boundary, nothing between a
 * boundary and the end of its line. Fails with `gateway/body-malformed`, and with whatever the sink fails.
 */
export function createMultipartReader(boundary: string, sink: MultipartSink): MultipartReader {
	const delimiter = new TextEncoder().encode(`\r\n--${boundary}`)
	let state: State = 'opening'
	let kept = none
	let failure: Failure | undefined

	/** Each takes what it can from `at` on, and says where it stopped; where it could take nothing, more is needed. */
	const steps: Readonly<Record<State, (bytes: Uint8Array, at: number) => number>> = {
		opening(bytes, at) {
			// The first boundary has no line before it.
			const length = delimiter.length - 2
			if (bytes.length - at < length) return at
			if (!holdsAt(bytes, at, delimiter.subarray(2))) return refuse(at)
			state = 'delimiter'
			return at + length
		},
		delimiter(bytes, at) {
			if (bytes.length - at < 2) return at
			if (bytes[at] === cr && bytes[at + 1] === lf) state = 'headers'
			else if (bytes[at] === hyphen && bytes[at + 1] === hyphen) state = 'epilogue'
			else return refuse(at)
			return at + 2
		},
		headers(bytes, at) {
			const end = endOfHeaders(bytes, at)
			if (end === undefined) return bytes.length - at > maxHeaderBytes ? refuse(at) : at
			const headers = end - at > maxHeaderBytes ? undefined : readPartHeaders(bytes.subarray(at, end))
			if (headers === undefined) return refuse(at)
			state = 'data'
			return emit({ kind: 'part', headers }, end + 4)
		},
		data(bytes, at) {
			const found = findDelimiter(bytes, at, delimiter)
			if (found.at > at) return emit({ kind: 'data', bytes: bytes.subarray(at, found.at) }, found.at)
			if (!found.isWhole) return at
			state = 'delimiter'
			return emit({ kind: 'part-end' }, at + delimiter.length)
		},
		epilogue(bytes, at) {
			for (let index = at; index < bytes.length; index++) {
				if (bytes[index] !== cr && bytes[index] !== lf) return refuse(index)
			}
			return bytes.length
		},
	}

	function refuse(at: number): number {
		failure = fail('gateway/body-malformed')
		return at
	}

	function emit(event: MultipartEvent, next: number): number {
		failure = sink(event)
		return next
	}

	return {
		write(chunk) {
			const bytes = joined(kept, chunk)
			let at = 0
			let isMoving = failure === undefined
			while (isMoving && at < bytes.length) {
				const before = state
				const next = steps[state](bytes, at)
				isMoving = failure === undefined && (next > at || state !== before)
				at = next
			}
			kept = bytes.slice(at)
			return failure ?? ok()
		},
		end: () => failure ?? (state === 'epilogue' ? ok() : fail('gateway/body-malformed')),
	}
}

function joined(kept: Uint8Array, chunk: Uint8Array): Uint8Array {
	if (kept.length === 0) return chunk
	const bytes = new Uint8Array(kept.length + chunk.length)
	bytes.set(kept)
	bytes.set(chunk, kept.length)
	return bytes
}

function holdsAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
	for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false
	return true
}

/** Where the empty line begins, with the end of the line before it. */
function endOfHeaders(bytes: Uint8Array, start: number): number | undefined {
	const limit = Math.min(bytes.length, start + maxHeaderBytes + 4)
	for (let at = bytes.indexOf(cr, start); at >= 0 && at + 3 < limit; at = bytes.indexOf(cr, at + 1)) {
		if (bytes[at + 1] === lf && bytes[at + 2] === cr && bytes[at + 3] === lf) return at
	}
	return undefined
}

/**
 * Where the delimiter stands from `start` on, whole or, at the end of the bytes, in part; the end of the bytes where it does not.
 * Its only carriage return is its first byte, so what was compared is never compared again.
 */
function findDelimiter(
	bytes: Uint8Array,
	start: number,
	delimiter: Uint8Array,
): { readonly at: number; readonly isWhole: boolean } {
	let at = bytes.indexOf(cr, start)
	while (at >= 0) {
		let same = 1
		while (same < delimiter.length && bytes[at + same] === delimiter[same]) same++
		if (same === delimiter.length) return { at, isWhole: true }
		if (at + same >= bytes.length) return { at, isWhole: false }
		at += same
		// Runs of carriage returns are passed here: a call for each would cost ten times as much.
		while (bytes[at] === cr && bytes[at + 1] !== lf && at + 1 < bytes.length) at++
		at = bytes.indexOf(cr, at)
	}
	return { at: bytes.length, isWhole: false }
}
