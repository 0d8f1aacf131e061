import { fail, ok, type Failure, type Result } from '@postern/vocabulary'
import type { FieldValue, RestHead, RestWire } from '../request.ts'
import { isBatch } from './batch-route.ts'
import { readBodyKind } from './read-body-kind.ts'
import { readHeaders } from './read-headers.ts'
import { readParameters } from './read-parameters.ts'
import { readRoute } from './read-route.ts'
import { readTarget } from './read-target.ts'
import { readMethod, settleMethod } from './rest-methods.ts'
import { refuseParameter } from './parameter-tree.ts'

/**
 * Reads all of a request but its body into the one form that is decided on. Whatever servers, PHP or WordPress could read in
 * another way than we do fails: `gateway/path-malformed`, `gateway/parameter-refused`, `gateway/parameter-conflict`,
 * `gateway/header-refused`, `gateway/body-malformed`, `request/method-not-allowed`, `request/content-type`,
 * `request/content-encoding`.
 */
export function readRestHead(wire: RestWire): Result<RestHead> {
	const own = readMethod(wire.method)
	if (!own.ok) return own
	const headers = readHeaders(wire.rawHeaders)
	if (!headers.ok) return headers
	const target = readTarget(wire.target)
	if (!target.ok) return target
	const query = readParameters(target.value.query, 'query')
	if (!query.ok) return query
	const overriding = { parameter: query.value.get('_method'), header: headers.value.methodOverride }
	const method = settleMethod(own.value, overriding)
	if (!method.ok) return method
	const segments = settleRoute(target.value.segments, query.value)
	if (!segments.ok) return segments
	query.value.delete('_method')
	const refused = refuseBatchQuery({ method: method.value, segments: segments.value, query: query.value })
	if (refused !== undefined) return refused
	const expects = readBodyKind(headers.value, { method: method.value, segments: segments.value })
	if (!expects.ok) return expects
	return ok({ method: method.value, segments: segments.value, query: query.value, expects: expects.value })
}

/** Takes `rest_route` out of the fields: it names the route where the path names none, and repeats it elsewhere. */
export function settleRoute(
	fromPath: readonly string[] | undefined,
	fields: Map<string, FieldValue>,
): Result<readonly string[]> {
	const given = fields.get('rest_route')
	if (given === undefined) return fromPath === undefined ? fail('gateway/path-malformed') : ok(fromPath)
	fields.delete('rest_route')
	if (typeof given !== 'string') return refuseParameter('rest_route')
	if (!given.startsWith('/')) return fail('gateway/path-malformed')
	const route = readRoute(given, 'decoded')
	if (!route.ok || fromPath === undefined) return route
	return areSame(route.value, fromPath)
		? ok(fromPath)
		: fail('gateway/parameter-conflict', { params: { name: 'rest_route' } })
}

function areSame(left: readonly string[], right: readonly string[]): boolean {
	return left.length === right.length && left.every((segment, index) => segment === right[index])
}

/** WordPress would take the items of a batch out of its query; `_locale` is what `@wordpress/api-fetch` adds to everything. */
function refuseBatchQuery(head: Pick<RestHead, 'method' | 'segments' | 'query'>): Failure | undefined {
	if (!isBatch(head)) return undefined
	const stray = [...head.query.keys()].find((name) => name !== '_locale')
	return stray === undefined ? undefined : refuseParameter(stray)
}
