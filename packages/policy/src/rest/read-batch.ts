import { fail, ok, type Result } from '@postern/vocabulary'
import type { Fields, FieldValue, RestHead, RestMethod, RestRequest } from '../request.ts'
import { isBatchRoute } from './batch-route.ts'
import { isList, isMap } from './field-value.ts'
import { joinFields } from './join-fields.ts'
import { refuseParameter, refuseSteering } from './parameter-tree.ts'
import { readParameters } from './read-parameters.ts'
import { readRoute } from './read-route.ts'
import { isSendable } from './read-target.ts'

/** As WordPress has it. */
const maxRequests = 25
const methods: ReadonlyMap<string, RestMethod> = new Map([
	['POST', 'POST'],
	['PUT', 'PUT'],
	['PATCH', 'PATCH'],
	['DELETE', 'DELETE'],
])
/** `headers` are left out: nothing of a caller's goes on but what is decided on. */
const members = new Set(['path', 'method', 'headers', 'body'])

/** Reads every item of a batch (`/batch/v1`) as a request of its own. Fails with `gateway/body-malformed`, and as those do. */
export function readBatch(head: RestHead, fields: Fields): Result<RestRequest> {
	const validation = fields.get('validation') ?? 'normal'
	const items = fields.get('requests') ?? null
	const stray = [...fields.keys()].some((name) => name !== 'validation' && name !== 'requests')
	if (stray || (validation !== 'normal' && validation !== 'require-all-validate')) return fail('gateway/body-malformed')
	if (!isList(items) || items.length === 0 || items.length > maxRequests) return fail('gateway/body-malformed')
	const requests: RestRequest[] = []
	for (const item of items) {
		const request = readItem(item)
		if (!request.ok) return request
		requests.push(request.value)
	}
	const { method, segments, query } = head
	return ok({ kind: 'rest', method, segments, query, body: { kind: 'batch', validation, requests } })
}

function readItem(item: FieldValue): Result<RestRequest> {
	if (!isMap(item) || Object.keys(item).some((name) => !members.has(name))) return fail('gateway/body-malformed')
	const { path, method: named = 'POST', body = null } = item
	const method = typeof named === 'string' ? methods.get(named.toUpperCase()) : undefined
	if (method === undefined || typeof path !== 'string' || !isSendable(path)) return fail('gateway/body-malformed')
	const end = path.includes('?') ? path.indexOf('?') : path.length
	const segments = readRoute(path.slice(0, end), 'encoded')
	if (!segments.ok) return segments
	if (isBatchRoute(segments.value)) return fail('gateway/body-malformed')
	const query = readParameters(path.slice(end + 1), 'query')
	if (!query.ok) return query
	const routing = ['rest_route', '_method'].find((name) => query.value.has(name))
	if (routing !== undefined) return refuseParameter(routing)
	const head = { method, segments: segments.value, query: query.value }
	// PHP writes and reads an empty map as a list.
	if (body === null || (isList(body) && body.length === 0)) return ok({ kind: 'rest', ...head, body: { kind: 'none' } })
	if (!isMap(body)) return fail('gateway/body-malformed')
	return refuseSteering(Object.keys(body)) ?? joinFields(head, new Map(Object.entries(body)))
}
