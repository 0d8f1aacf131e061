import { fail, ok, type Result } from '@postern/vocabulary'
import type { FieldValue, RestHead, RestRequest } from '../request.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { joinFields } from './join-fields.ts'
import { readBatch } from './read-batch.ts'
import { isBatch } from './batch-route.ts'
import { settleRoute } from './read-head.ts'
import { readJsonObject } from './read-json.ts'
import { readMultipartFields } from './read-multipart-fields.ts'
import { refuseParameter } from './parameter-tree.ts'
import { readParameters } from './read-parameters.ts'

/** For requests without a body, and those whose body is a stream. */
export function withoutFields(head: RestHead): RestRequest {
	const { method, segments, query, expects } = head
	if (expects.kind === 'json' || expects.kind === 'form') throw new Error(`The ${expects.kind} has to be read.`)
	return { kind: 'rest', method, segments, query, body: expects }
}

/**
 * Adds the fields of a JSON document or a form that has been read to its end. Fails as the readers of these do, with
 * `gateway/parameter-conflict` where the query says otherwise, and `request/body-too-large`.
 */
export function withFields(head: RestHead, body: Uint8Array): Result<RestRequest> {
	const { method, segments, expects } = head
	if (expects.kind !== 'json' && expects.kind !== 'form') throw new Error('There are no fields to read.')
	if (body.length > expects.maxBytes) return fail('request/body-too-large', { params: { limit: expects.maxBytes } })
	if (body.length === 0 && isBatch(head)) return fail('gateway/body-malformed')
	if (body.length === 0) return ok({ kind: 'rest', method, segments, query: head.query, body: { kind: 'none' } })
	const fields = expects.kind === 'json' ? readJsonObject(body) : readForm(head, body, expects.boundary)
	if (!fields.ok) return fields
	if (isBatch(head)) return readBatch(head, fields.value)
	return joinFields(head, fields.value)
}

function readForm(
	head: RestHead,
	body: Uint8Array,
	boundary: string | undefined,
): Result<ReadonlyMap<string, FieldValue>> {
	const fields = boundary === undefined ? readUrlEncoded(body) : readMultipartFields(body, boundary)
	if (!fields.ok) return fields
	if (fields.value.has('_method')) return refuseParameter('_method')
	// WordPress takes the route out of a form before it looks at the path.
	const route = settleRoute(head.segments, fields.value)
	return route.ok ? fields : route
}

function readUrlEncoded(body: Uint8Array): Result<Map<string, FieldValue>> {
	const text = decodeUtf8(body)
	return text === undefined ? fail('gateway/body-malformed') : readParameters(text, 'form')
}
