import { endpoints, problemDocument, type Endpoint } from '@postern/api/contract'
import { problems, type ProblemCode } from '@postern/vocabulary'
import * as z from 'zod/mini'

type Json = Record<string, unknown>

/** Problems that any endpoint may answer with. */
const general: readonly ProblemCode[] = [
	'internal/bug',
	'store/unavailable',
	'store/full',
	'request/origin-unknown',
	'request/header-too-large',
]
const ofBodies: readonly ProblemCode[] = [
	'request/content-type',
	'request/content-encoding',
	'request/body-too-large',
	'request/json-syntax',
	'request/json-too-deep',
	'request/json-unknown-key',
	'request/type-error',
	'request/number-range',
]

/** Whoever presents credentials is judged by them, wherever. */
const ofPasswords: readonly ProblemCode[] = [
	'application-password/credentials-wrong',
	'application-password/refused',
	'request/throttled',
]

const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output'): Json =>
	z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' })

/** Writes the contract as an OpenAPI 3.1 document. */
export function openApiDocument(version: string, origin: string): Json {
	const paths: Record<string, Json> = {}
	for (const endpoint of endpoints) {
		paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
	}
	return {
		openapi: '3.1.0',
		info: { title: 'Postern', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
		servers: [{ url: `${origin}/api/v1` }],
		paths,
		components: {
			schemas: { Problem: schemaOf(problemDocument, 'output') },
			securitySchemes: {
				session: { type: 'apiKey', in: 'cookie', name: sessionCookie(origin), description: 'Who is signed in' },
				applicationPassword: {
					type: 'http',
					scheme: 'basic',
					description: 'Username and application password (RFC 7617); its scopes are named at each operation',
				},
			},
		},
	}
}

function operationOf(endpoint: Endpoint): Json {
	return {
		summary: endpoint.summary,
		'x-access': endpoint.access,
		...(endpoint.scope === undefined ? {} : { 'x-scope': endpoint.scope }),
		security: securityOf(endpoint),
		parameters: parametersOf(endpoint),
		...(endpoint.body ? { requestBody: content('application/json', schemaOf(endpoint.body, 'input')) } : {}),
		responses: { ...successOf(endpoint), ...problemsOf(endpoint) },
	}
}

/** One of these will do. OpenAPI 3.1 lets a scheme of any type name what it needs of roles and scopes. */
function securityOf({ access, scope }: Endpoint): Json[] {
	if (access === 'anybody') return []
	const byPassword = scope === undefined ? [] : [{ applicationPassword: scope === 'any' ? [] : [scope] }]
	return [{ session: [] }, ...byPassword]
}

function parametersOf(endpoint: Endpoint): Json[] {
	const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => ({
		name: match[1],
		in: 'path',
		required: true,
		schema: { type: 'string' },
	}))
	const properties = endpoint.query ? (schemaOf(endpoint.query, 'input')['properties'] as Json) : {} // an object schema has them
	const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
	return [...inPath, ...inQuery]
}

function successOf(endpoint: Endpoint): Json {
	if (endpoint.event) {
		const described = {
			description: 'A stream of events',
			...content('text/event-stream', schemaOf(endpoint.event, 'output')),
		}
		return { 200: described }
	}
	if (endpoint.download) {
		const types = endpoint.download.map((type) => [type, { schema: { type: 'string' } }] as const)
		return { 200: { description: 'A file', content: Object.fromEntries(types) } }
	}
	if (!endpoint.output) return { 204: { description: 'Done' } }
	return { 200: { description: 'Done', ...content('application/json', schemaOf(endpoint.output, 'output')) } }
}

/** Every problem that an endpoint may answer with. */
export function documentedProblems(endpoint: Endpoint): ReadonlySet<ProblemCode> {
	const { method, path, access, body, query, scope } = endpoint
	const codes = new Set<ProblemCode>([...endpoint.problems, ...general])
	if (method !== 'GET') codes.add('request/cross-site')
	if (body) for (const code of ofBodies) codes.add(code)
	if (query) codes.add('request/type-error').add('request/number-range')
	if (path.includes('{')) codes.add('request/not-found')
	if (access !== 'anybody') codes.add('account/session-required')
	if (access !== 'anybody' && access !== 'signed-in') codes.add('role/insufficient')
	for (const code of ofPasswords) codes.add(code)
	if (access !== 'anybody' && scope === undefined) codes.add('application-password/not-allowed-here')
	if (scope !== undefined && scope !== 'any') codes.add('application-password/scope-missing')
	return codes
}

function problemsOf(endpoint: Endpoint): Json {
	const byStatus = Map.groupBy(documentedProblems(endpoint), (code) => problems[code].status)
	return Object.fromEntries(
		[...byStatus].map(([status, group]) => [
			status,
			{
				description: group.join(', '),
				...content('application/problem+json', { $ref: '#/components/schemas/Problem' }),
			},
		]),
	)
}

/** As `accounts/` names it: the prefix that no other host can set, where TLS allows it. */
function sessionCookie(origin: string): string {
	return origin.startsWith('https:') ? '__Host-postern.session_token' : 'postern.session_token'
}

const content = (type: string, schema: Json): Json => ({ content: { [type]: { schema } } })
