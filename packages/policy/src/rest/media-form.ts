import { fail, ok, type Failure, type Result } from '@postern/vocabulary'
import { decodeUtf8 } from './decode-utf8.ts'
import { cleanFileName, isUploadable } from './file-name.ts'
import { createMultipartReader, type MultipartEvent } from './multipart-reader.ts'
import { refuseParameter } from './parameter-tree.ts'
import type { PartHeaders } from './part-headers.ts'

/** An upload of media on its way through. What a call gives is all that may go on so far; after a failure nothing may. */
export type MediaForm = {
	/** With a boundary of our own. */
	readonly contentType: string
	/**
	 * The length to announce for a form that arrives with this one, and to which `end` fills up; the headers of the parts are
	 * written anew, so what is between is not known before. Undefined where the incoming one is: then it goes in chunks.
	 */
	declaredLength(incomingLength: number | undefined): number | undefined
	write(chunk: Uint8Array): Result<readonly Uint8Array[]>
	/** Fails with `gateway/body-malformed` where the form broke off, or had no file. */
	end(): Result<readonly Uint8Array[]>
}

export type MediaFormOptions = {
	/** Asked for each field before it goes on. */
	readonly checkField?: (name: string, value: string) => Result<void>
}

const fieldNames = new Set([
	'title',
	'caption',
	'alt_text',
	'description',
	'post',
	'status',
	'date',
	'date_gmt',
	'slug',
])
const maxFieldBytes = 65_536
/** More than eleven part headers of ours and the longest name of a file take, whatever the incoming ones took. */
const spareBytes = 8_192
const paddingBlock = new Uint8Array(spareBytes).fill(0x20)
const encoder = new TextEncoder()

/**
 * Reads a multipart upload to `/wp/v2/media` strictly and writes it anew, in constant memory: one part `file` with a cleaned
 * name, the fields of media that WordPress knows, each once and up to 64 KiB. Fails with `gateway/body-malformed`,
 * `gateway/parameter-refused`, `gateway/parameter-conflict`, `request/content-type`, `request/body-too-large`.
 */
export function createMediaForm(boundary: string, options: MediaFormOptions = {}): MediaForm {
	const own = `postern-${crypto.randomUUID()}`
	const seen = new Set<string>()
	let out: Uint8Array[] = []
	let writtenBytes = 0
	let declaredBytes: number | undefined
	let field: { readonly name: string; bytes: number } | undefined
	/** The value of the field that is being read. */
	const fieldBytes = new Uint8Array(maxFieldBytes)

	function push(bytes: Uint8Array): undefined {
		out.push(bytes)
		writtenBytes += bytes.length
	}

	function begin(headers: PartHeaders): Failure | undefined {
		const { name } = headers
		if (name !== 'file' && !fieldNames.has(name)) return refuseParameter(name)
		if (seen.has(name)) return fail('gateway/parameter-conflict', { params: { name } })
		seen.add(name)
		if (name === 'file') return beginFile(headers)
		if (headers.filename !== undefined) return fail('gateway/body-malformed')
		field = { name, bytes: 0 }
		return undefined
	}

	function beginFile({ filename, contentType = 'application/octet-stream' }: PartHeaders): Failure | undefined {
		const name = filename === undefined ? undefined : cleanFileName(filename)
		if (name === undefined) return fail('gateway/body-malformed')
		if (!isUploadable(contentType)) return fail('request/content-type')
		return push(encoder.encode(headersOf(own, `file"; filename="${name}`, contentType)))
	}

	function takeData(bytes: Uint8Array): Failure | undefined {
		if (field === undefined) return push(bytes)
		if (field.bytes + bytes.length > maxFieldBytes) {
			return fail('request/body-too-large', { params: { limit: maxFieldBytes } })
		}
		fieldBytes.set(bytes, field.bytes)
		field.bytes += bytes.length
		return undefined
	}

	function endPart(): Failure | undefined {
		if (field === undefined) return push(encoder.encode('\r\n'))
		const value = decodeUtf8(fieldBytes.subarray(0, field.bytes))
		if (value === undefined || value.includes('\u0000')) return fail('gateway/body-malformed')
		const checked = options.checkField?.(field.name, value)
		if (checked !== undefined && !checked.ok) return checked
		push(encoder.encode(`${headersOf(own, field.name)}${value}\r\n`))
		field = undefined
		return undefined
	}

	const reader = createMultipartReader(boundary, (event: MultipartEvent) => {
		if (event.kind === 'data') return takeData(event.bytes)
		return event.kind === 'part' ? begin(event.headers) : endPart()
	})

	function takeOut(read: Result<void>): Result<readonly Uint8Array[]> {
		const taken = out
		out = []
		return read.ok ? ok(taken) : read
	}

	return {
		contentType: `multipart/form-data; boundary=${own}`,
		declaredLength(incomingLength) {
			declaredBytes = incomingLength === undefined ? undefined : incomingLength + spareBytes
			return declaredBytes
		},
		write: (chunk) => takeOut(reader.write(chunk)),
		end() {
			const ended = reader.end()
			if (!ended.ok) return ended
			if (!seen.has('file')) return fail('gateway/body-malformed')
			push(encoder.encode(`--${own}--\r\n`))
			if (declaredBytes !== undefined) pad(declaredBytes - writtenBytes, push)
			return takeOut(ok())
		},
	}
}

/** What stands behind the last boundary counts for nothing (RFC 2046 §5.1.1). */
function pad(missingBytes: number, push: (bytes: Uint8Array) => void): void {
	if (missingBytes < 0) throw new Error('A form grew by more than the headers of its parts.')
	for (let left = missingBytes; left > 0; left -= paddingBlock.length) push(paddingBlock.subarray(0, left))
}

function headersOf(boundary: string, quotedName: string, contentType?: string): string {
	const type = contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`
	return `--${boundary}\r\nContent-Disposition: form-data; name="${quotedName}"\r\n${type}\r\n`
}
