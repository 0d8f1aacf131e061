import { readBody, type BodyParameters } from './body.ts'
import type { Caller } from './caller.ts'
import { noParameters, readPairs, type Parameters, type Unreadable } from './parameters.ts'
import type { Place } from './place.ts'
import { ambiguousRoute, bodyTooLarge, brokenEncoding, noRoute, refuse, type Reply } from './reply.ts'
import { readRoute } from './route-spelling.ts'
import type { Grants, MaybePromise, User } from '../types.ts'
import type { WireRequest } from './wire.ts'

/** A REST call, read: one route, one method, one value for each parameter. */
export type RestCall<U extends User = User, G extends Grants = Grants> = {
	/** The effective method. */
	readonly method: string
	/** In one spelling, letter case as sent; `''` is the index. */
	readonly route: string
	readonly parameters: Parameters
	readonly caller: Caller<U, G>
	readonly request: WireRequest
}

export type ReadCall = Pick<RestCall, 'method' | 'route' | 'parameters'>
export type CallOutcome = { readonly ok: true; readonly call: ReadCall } | { readonly ok: false; readonly reply: Reply }

/** Bytes. */
const BODY_LIMIT = 262_144
const invalidJson = refuse(400, 'rest_invalid_json', 'Invalid JSON body passed.')
const noBody: BodyParameters = { kind: 'none' }

/** Reads what a request asks of the REST API. The body of GET, HEAD and OPTIONS is never looked at. */
export function readCall(request: WireRequest, place: Place): MaybePromise<CallOutcome> {
	const { method } = request
	if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return assemble(request, place, noBody)
	return readWithBody(request, place)
}

async function readWithBody(request: WireRequest, place: Place): Promise<CallOutcome> {
	const bytes = await request.body(BODY_LIMIT)
	if (bytes === undefined) return { ok: false, reply: bodyTooLarge }
	const body = await readBody(bytes, request.header('content-type'))
	if (body === 'json') return { ok: false, reply: invalidJson }
	return typeof body === 'string' ? unreadable(body) : assemble(request, place, body)
}

function assemble(request: WireRequest, place: Place, body: BodyParameters): CallOutcome {
	const query = readPairs(place.query)
	if (typeof query === 'string') return unreadable(query)
	const form = body.kind === 'form' ? body.parameters : noParameters
	const route = agreeOnRoute(place, query, form)
	if (typeof route !== 'string') return { ok: false, reply: route }
	const method = readMethod(request, query)
	if (method === undefined) return { ok: false, reply: overrideRefused }
	const parameters = body.kind === 'none' ? query : new Map([...query, ...body.parameters])
	return { ok: true, call: { method, route, parameters } }
}

/** WordPress lets `rest_route` in a form or the query beat the path. Here all that name a route have to name the same one. */
function agreeOnRoute(place: Place, query: Parameters, form: Parameters): string | Reply {
	const named = place.door === 'rest' ? readRoute(place.route, true) : null
	if (named === undefined) return malformedRoute
	let route = named
	for (const parameters of [query, form]) {
		if (!parameters.has('rest_route')) continue
		const text = parameters.get('rest_route')
		if (typeof text !== 'string') return ambiguousRoute
		if (!text.startsWith('/')) return route === null ? noRoute : ambiguousRoute
		const other = readRoute(text, false)
		if (other === undefined) return malformedRoute
		if (route !== null && route !== other) return ambiguousRoute
		route = other
	}
	return route ?? noRoute
}

const malformedRoute = refuse(400, 'rest_malformed_route', 'The route is not spelled in a way that is accepted.')
const overrideRefused = refuse(400, 'rest_method_override_refused', 'Only POST may stand for another method.')
const substitutes = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** WordPress lets `?_method=DELETE` turn a GET – a link – into a deletion. Here only POST may stand for another method. */
function readMethod(request: WireRequest, query: Parameters): string | undefined {
	const wanted = query.get('_method') ?? request.header('x-http-method-override')
	if (wanted === undefined) return request.method
	const method = typeof wanted === 'string' ? wanted.toUpperCase() : ''
	if (method === request.method) return method
	return request.method === 'POST' && substitutes.has(method) ? method : undefined
}

function unreadable(reason: Unreadable): CallOutcome {
	const twice = refuse(400, 'rest_ambiguous_param', 'A parameter was given twice with different values.')
	return { ok: false, reply: reason === 'encoding' ? brokenEncoding : twice }
}
