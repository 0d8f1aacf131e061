import { readMediaType } from './content-type.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { fileNameIn } from './file-name.ts'
import { readHeaderParameters } from './header-parameters.ts'

/** What stands above a part of a form (RFC 7578 §4). */
export type PartHeaders = {
	readonly name: string
	/** Uncleaned; undefined for a field. */
	readonly filename: string | undefined
	readonly contentType: string | undefined
}

/** Senders write these, and they change nothing: PHP takes every part as it stands. */
const plainTransferEncodings = new Set(['7bit', '8bit', 'binary'])
const maxHeaders = 6

/** Undefined for what breaks the grammar, and for headers that no part of a form has. */
export function readPartHeaders(bytes: Uint8Array): PartHeaders | undefined {
	const headers = readLines(bytes)
	const disposition = readHeaderParameters(headers?.get('content-disposition') ?? '')
	if (headers === undefined || disposition?.value !== 'form-data') return undefined
	const name = disposition.parameters.get('name')
	const isFile = disposition.parameters.has('filename') || disposition.parameters.has('filename*')
	const filename = fileNameIn(disposition.parameters)
	if (name === undefined || (isFile && filename === undefined)) return undefined
	if (!plainTransferEncodings.has(headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary')) return undefined
	const type = headers.get('content-type')
	const contentType = type === undefined ? undefined : readMediaType(type)
	return type !== undefined && contentType === undefined ? undefined : { name, filename, contentType }
}

const known = new Set(['content-disposition', 'content-type', 'content-length', 'content-transfer-encoding'])

function readLines(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
	const lines = decodeUtf8(bytes)?.split('\r\n')
	if (lines === undefined || lines.length > maxHeaders) return undefined
	const headers = new Map<string, string>()
	for (const line of lines) {
		const colon = line.indexOf(':')
		const name = line.slice(0, Math.max(colon, 0)).toLowerCase()
		// A name with a blank in it is a folded line, or one that PHP would read as something else.
		if (!known.has(name) || headers.has(name) || hasControl(line)) return undefined
		headers.set(name, line.slice(colon + 1).trim())
	}
	return headers
}

function hasControl(line: string): boolean {
	return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(line.replaceAll('\t', ' '))
}
