import { andThen } from '../maybe-promise.ts'
import type { Grants, MaybePromise, User } from '../types.ts'
import { checkArguments } from './arguments.ts'
import { batchRoute } from './batch-route.ts'
import type { Caller } from './caller.ts'
import { findCaller } from './find-caller.ts'
import { describeFully } from './describe-route.ts'
import { readFields, selectFields } from './fields.ts'
import { indexRoutes } from './index-routes.ts'
import type { HandlerOptions } from './options.ts'
import { passwordRoutes } from './password-routes.ts'
import type { Place } from './place.ts'
import { noRoute, refuse, refuseWith, type Reply } from './reply.ts'
import { readCall, type RestCall } from './rest-call.ts'
import { createRestHeaders } from './rest-headers.ts'
import { matchRoute, type Route } from './route.ts'
import { userRoutes } from './user-routes.ts'
import type { WireAnswer, WireRequest } from './wire.ts'

/** Makes what answers REST requests. Who asks is settled before anything else, so that a wrong password is told everywhere. */
export function createRest<U extends User, G extends Grants>(
	options: HandlerOptions<U, G>,
): (request: WireRequest, place: Place) => MaybePromise<WireAnswer> {
	const routes = createRoutes(options)
	const headersFor = createRestHeaders(options.site.url)

	const write = (request: WireRequest, reply: Reply, isSigned: boolean, fields?: readonly string[]): WireAnswer => {
		const { status, allow } = reply
		const isPrivate = isSigned || status === 401 || status === 429
		const headers = headersFor({ request, allow, isPrivate })
		const body = fields === undefined || status >= 400 ? reply.body : selectFields(reply.body, fields)
		return {
			status,
			headers: reply.headers === undefined ? headers : { ...headers, ...reply.headers },
			body: JSON.stringify(body),
		}
	}

	const run = (request: WireRequest, place: Place, caller: Caller<U, G>): MaybePromise<WireAnswer> =>
		andThen(readCall(request, place), (read) => {
			const isSigned = caller.by !== 'nobody'
			if (!read.ok) return write(request, read.reply, isSigned)
			const call = { ...read.call, caller, request }
			const fields = call.parameters.size === 0 ? undefined : readFields(call.parameters.get('_fields'))
			return andThen(dispatch(routes, call, options), (reply) => write(request, reply, isSigned, fields))
		})

	return (request, place) =>
		andThen(findCaller(request, options), (found) =>
			found.ok ? run(request, place, found.caller) : write(request, refuseWith(found.error), false),
		)
}

function createRoutes<U extends User, G extends Grants>(options: HandlerOptions<U, G>): readonly Route<U, G>[] {
	const isKnown = (route: string): boolean =>
		routes.some(({ segments }) => matchRoute(segments, split(route)) !== undefined)
	const routes: readonly Route<U, G>[] = [
		...indexRoutes(options, () => routes),
		batchRoute(isKnown),
		...userRoutes(options),
		...passwordRoutes(options),
	]
	return routes
}

function split(route: string): readonly string[] {
	return route === '' ? [] : route.slice(1).split('/')
}

const jsonpOff = refuse(400, 'rest_callback_disabled', 'JSONP support is disabled on this site.')
const envelopeOff = refuse(400, 'rest_envelope_disabled', 'Answers are not put into envelopes here.')

/** WordPress' order: the route, the parameters, and only then the right to call it. */
function dispatch<U extends User, G extends Grants>(
	routes: readonly Route<U, G>[],
	call: RestCall<U, G>,
	options: HandlerOptions<U, G>,
): MaybePromise<Reply> {
	if (call.parameters.has('_jsonp')) return jsonpOff
	if (call.parameters.has('_envelope')) return envelopeOff
	const path = split(call.route)
	const method = call.method === 'HEAD' ? 'GET' : call.method
	for (const route of routes) {
		const caught = matchRoute(route.segments, path)
		if (caught === undefined) continue
		if (method === 'OPTIONS') return describeTo(route, options)
		const endpoint = route.endpoints.find(({ methods }) => methods.includes(method))
		// The next route may take it: POST …/introspect is about a password of that name.
		if (endpoint === undefined) continue
		return checkArguments(endpoint.args, call.parameters) ?? endpoint.run(call, caught)
	}
	return noRoute
}

function describeTo<U extends User, G extends Grants>(route: Route<U, G>, { site }: HandlerOptions<U, G>): Reply {
	const allow = route.endpoints.flatMap(({ methods }) => methods).join(', ')
	return { status: 200, body: describeFully(route, site.url), allow }
}
