import { fail, ok, type Failure, type Result } from '@postern/vocabulary'
import type { FieldValue } from '../request.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { createMultipartReader } from './multipart-reader.ts'
import { createParameterTree } from './parameter-tree.ts'

/** Reads a small multipart form without files, by the rules for every other form. A file fails with `gateway/body-malformed`. */
export function readMultipartFields(body: Uint8Array, boundary: string): Result<Map<string, FieldValue>> {
	const tree = createParameterTree()
	let name = ''
	let pieces: Uint8Array[] = []
	const reader = createMultipartReader(boundary, (event): Failure | undefined => {
		if (event.kind === 'data') {
			pieces.push(event.bytes)
			return undefined
		}
		if (event.kind === 'part-end') {
			const value = decodeUtf8(concatenate(pieces))
			return value === undefined ? fail('gateway/body-malformed') : tree.add(name, value)
		}
		name = event.headers.name
		pieces = []
		return event.headers.filename === undefined ? undefined : fail('gateway/body-malformed')
	})
	const written = reader.write(body)
	const ended = written.ok ? reader.end() : written
	return ended.ok ? ok(tree.fields()) : ended
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
	let at = 0
	for (const piece of pieces) {
		bytes.set(piece, at)
		at += piece.length
	}
	return bytes
}
