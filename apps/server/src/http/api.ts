import {
	contract,
	type Contract,
	type EndpointName,
	type Endpoint,
	type EventOf,
	type OutputOf,
} from '@postern/api/contract'
import { fail, hasRole, ok, problems, type Problem, type Result } from '@postern/vocabulary'
import { Hono, type Context } from 'hono'
import type * as z from 'zod/mini'
import { isIdLike } from '../store/ids.ts'
import { StoreTrouble } from '../store/store-trouble.ts'
import { eventStreamResponse } from './event-stream.ts'
import { downloadResponse, type Download } from './file-download.ts'
import { problemResponse, type ApiProblem } from './problem-response.ts'
import { readJsonBody } from './read-json.ts'
import type { HttpEnvironment, RequestContext } from './request-context.ts'
import { readParts, type Parts } from './read-parts.ts'
import { inRoutingOrder } from './routing-order.ts'
import type { ApiCaller, Membership, Person, SessionReader, SignedIn } from './session-reader.ts'

type InputPart<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined

/** Who calls, as far as the endpoint's access demands it. */
type Caller<E extends Endpoint> = E['access'] extends 'anybody'
	? { readonly session: SignedIn | undefined; readonly member: undefined; readonly caller: undefined }
	: {
			/** Where application passwords are let in, whose one it is. */
			readonly session: E extends { readonly scope: string } ? Person : SignedIn
			readonly member: E['access'] extends 'signed-in' ? undefined : Membership
			/** The application password that was presented, instead of a session. */
			readonly caller: E extends { readonly scope: string } ? ApiCaller | undefined : undefined
		}

export type ApiRequest<E extends Endpoint> = RequestContext &
	Caller<E> & {
		readonly path: Readonly<Record<string, string>>
		readonly query: InputPart<E['query']>
		readonly body: InputPart<E['body']>
	}

export type ApiResult<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly problem: ApiProblem }

export type Handler<E extends Endpoint> = (request: ApiRequest<E>) => Promise<ApiResult<OutputOf<E>>>
/**
 * Returns a problem before the first event, or starts the stream. `send` never fails; a caller who left aborts `signal`.
 * `report` is for trouble inside of which the stream goes on.
 */
export type StreamHandler<E extends Endpoint> = (
	request: ApiRequest<E>,
) => Promise<ApiResult<(send: (event: EventOf<E>) => void, report: Report) => Promise<void>>>

/** Writes down, for whoever runs this Postern, what was their trouble or ours. */
export type Report = {
	readonly problem: (problem: Problem) => void
	/** Gives the problem to tell. */
	readonly thrown: (thrown: unknown) => Problem
}

/** Returns a problem, or the file that is sent. */
export type DownloadHandler<E extends Endpoint> = (request: ApiRequest<E>) => Promise<ApiResult<Download>>

export type Handlers = {
	readonly [N in EndpointName]: Contract[N] extends { readonly event: z.ZodMiniType }
		? StreamHandler<Contract[N]>
		: Contract[N] extends { readonly download: readonly string[] }
			? DownloadHandler<Contract[N]>
			: Handler<Contract[N]>
}

/** What is inside is checked by `Handlers`; here endpoints are treated alike. */
type AnyHandler = (request: ApiRequest<Endpoint>) => Promise<ApiResult<unknown>>

export type ApiPorts = {
	readonly sessions: SessionReader
	/** Logs what the answer may not say: a bug, or the cause of a problem that the operator has to solve. */
	readonly report: (problem: Problem, requestId: string) => void
}

/** Builds `/api/v1`: one route per endpoint of the contract, each with its access check, input check and problem rendering. */
export function createApi(handlers: Handlers, ports: ApiPorts): Hono<HttpEnvironment> {
	const api = new Hono<HttpEnvironment>()
	const methodsByPath = new Map<string, string[]>()
	for (const [name, endpoint] of inRoutingOrder(Object.entries(contract) as [EndpointName, Endpoint][])) {
		const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')
		methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), endpoint.method])
		const handler = handlers[name] as unknown as AnyHandler // one table, each entry checked by `Handlers`
		api.on(endpoint.method, path, (request) => answer(endpoint, handler, request, ports))
	}
	for (const [path, methods] of methodsByPath) {
		api.all(path, (request) => {
			const problem = fail('request/method-not-allowed', { params: { allow: methods.join(', ') } }).problem
			return problemResponse(problem, request.get('context'))
		})
	}
	return api
}

async function answer(
	endpoint: Endpoint,
	handler: AnyHandler,
	request: Context<HttpEnvironment>,
	ports: ApiPorts,
): Promise<Response> {
	const context = request.get('context')
	try {
		const caller = await admit(endpoint, request, ports)
		if (!caller.ok) return problemResponse(caller.problem, context)
		const parts = await readInput(endpoint, request)
		if (!parts.ok) return problemResponse(parts.problem, context)
		const input = { ...context, ...caller.value, ...parts.value, path: request.req.param() }
		// The three parts were checked against this endpoint's own schemas and access just above.
		const result = await handler(input as unknown as ApiRequest<Endpoint>)
		if (result.ok) return withCookies(await success(endpoint, result.value, context, ports), context)
		reportInside(result.problem, context, ports)
		return withCookies(problemResponse(result.problem, context), context)
	} catch (thrown) {
		const problem = problemOfThrown(thrown)
		reportInside(problem, context, ports)
		return problemResponse(problem, context)
	}
}

/** What a handler threw: trouble of the store, or a bug of ours. */
export function problemOfThrown(thrown: unknown): Problem {
	return thrown instanceof StoreTrouble ? thrown.problem : fail('internal/bug', { cause: thrown }).problem
}

function reportInside(problem: Problem, { requestId }: RequestContext, ports: ApiPorts): void {
	const { fixedBy } = problems[problem.code]
	if (problem.cause !== undefined && (fixedBy === 'operator' || fixedBy === 'postern')) ports.report(problem, requestId)
}

function success(
	endpoint: Endpoint,
	value: unknown,
	context: RequestContext,
	ports: ApiPorts,
): Response | Promise<Response> {
	const report: Report = {
		problem: (problem) => reportInside(problem, context, ports),
		thrown(thrown) {
			const problem = problemOfThrown(thrown)
			reportInside(problem, context, ports)
			return problem
		},
	}
	if (endpoint.event) {
		// A stream handler's value is the function that writes the events.
		const write = value as (send: (event: unknown) => void, report: Report) => Promise<void>
		return eventStreamResponse((send) => write(send, report), context, report.thrown)
	}
	if (endpoint.download) return downloadResponse(value as Download, report.thrown) // as `Handlers` says
	if (!endpoint.output) return new Response(null, { status: 204 })
	return Response.json(value)
}

function withCookies(response: Response, context: RequestContext): Response {
	for (const cookie of context.cookies) response.headers.append('set-cookie', cookie)
	return response
}

type AnyCaller = {
	readonly session: Person | undefined
	readonly member: Membership | undefined
	readonly caller: ApiCaller | undefined
}

/**
 * Lets a caller in, or says why not. A workspace that is not yours and one that does not exist answer alike. Whoever
 * presents credentials is judged by them alone: cookies are then not looked at.
 */
async function admit(
	endpoint: Endpoint,
	request: Context<HttpEnvironment>,
	{ sessions }: ApiPorts,
): Promise<Result<AnyCaller>> {
	const { headers } = request.req.raw
	const presented = await sessions.readPassword(headers, request.get('context'))
	if (presented?.ok === false) return presented
	const caller = presented?.value
	const session = caller ? undefined : await sessions.readSession(headers)
	if (endpoint.access === 'anybody') return ok({ session, member: undefined, caller: undefined })
	const person = caller?.person ?? session
	if (!person) return fail('account/session-required')
	if (!Object.values(request.req.param()).every(isIdLike)) return fail('request/not-found')
	const isFit = caller ? fitsScope(endpoint, caller) : ok()
	if (!isFit.ok) return isFit
	if (!reaches(caller, request.req.param('connectorId'))) return fail('request/not-found')
	if (endpoint.access === 'signed-in') return ok({ session: person, member: undefined, caller })
	const workspaceId = request.req.param('workspaceId') ?? ''
	// A password belongs to one workspace; its owner may be a member of others.
	const isElsewhere = caller !== undefined && caller.workspaceId !== workspaceId
	const member = isElsewhere ? undefined : await sessions.findMembership(workspaceId, person.accountId)
	if (!member) return fail('request/not-found')
	if (!hasRole(member.role, endpoint.access)) return fail('role/insufficient', { params: { needed: endpoint.access } })
	return ok({ session: person, member, caller })
}

function fitsScope({ scope }: Endpoint, { scopes }: ApiCaller): Result<void> {
	if (scope === undefined) return fail('application-password/not-allowed-here')
	if (scope === 'any' || scopes.has(scope)) return ok()
	return fail('application-password/scope-missing', { params: { scope } })
}

/** A password that is for some connectors finds no others. */
export function reaches(caller: ApiCaller | undefined, connectorId: string | undefined): boolean {
	if (connectorId === undefined || caller === undefined || caller.connectors === 'all') return true
	return caller.connectors.includes(connectorId)
}

async function readInput(endpoint: Endpoint, request: Context<HttpEnvironment>): Promise<ApiResult<Parts>> {
	let body: unknown
	if (endpoint.body) {
		const read = await readJsonBody(request.req.raw)
		if (!read.ok) return read
		body = read.value
	}
	return readParts(endpoint, request.req.query(), body)
}
