import { fail, ok, type Result } from '@postern/vocabulary'
import type { BodyKind, RestMethod } from '../request.ts'
import { isBatch } from './batch-route.ts'
import { readContentType, type ContentType } from './content-type.ts'
import { isUploadable, readUploadName } from './file-name.ts'
import { refuseHeader, type ReadHeaders } from './read-headers.ts'
import { takesBody } from './rest-methods.ts'

/** Of JSON and of forms without files. */
const maxBodyBytes = 1_048_576

type Place = { readonly method: RestMethod; readonly segments: readonly string[] }

/** Fails with `gateway/body-malformed`, `gateway/header-refused` and `request/content-type`. */
export function readBodyKind(headers: ReadHeaders, place: Place): Result<BodyKind> {
	if (!headers.hasBody) return isBatch(place) ? fail('gateway/body-malformed') : ok({ kind: 'none' })
	if (!takesBody(place.method)) return fail('gateway/body-malformed')
	const type = headers.contentType === undefined ? undefined : readContentType(headers.contentType)
	if (type === undefined) return fail('request/content-type')
	if (type.kind === 'other') return isUpload(place) ? readFile(type, headers) : fail('request/content-type')
	if (type.kind === 'json') return ok({ kind: 'json', maxBytes: maxBodyBytes })
	if (isBatch(place)) return fail('request/content-type')
	if (type.kind === 'form') return ok({ kind: 'form', maxBytes: maxBodyBytes })
	const { boundary } = type
	return ok(isUpload(place) ? { kind: 'form-with-file', boundary } : { kind: 'form', maxBytes: maxBodyBytes, boundary })
}

function isUpload(place: Place): boolean {
	return place.method === 'POST' && place.segments.join('/') === 'wp/v2/media'
}

function readFile(type: Extract<ContentType, { kind: 'other' }>, headers: ReadHeaders): Result<BodyKind> {
	if (!isUploadable(type.essence)) return fail('request/content-type')
	if (headers.contentDisposition === undefined) return ok({ kind: 'file', contentType: type.essence, filename: null })
	const filename = readUploadName(headers.contentDisposition)
	if (filename === undefined) return refuseHeader('content-disposition')
	return ok({ kind: 'file', contentType: type.essence, filename })
}
