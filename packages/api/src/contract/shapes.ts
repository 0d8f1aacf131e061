import {
	languages,
	permissions,
	problemCodes,
	roles,
	connectorStates,
	namespaceVerbs,
	noteCodes,
	rungs,
	auditEvents,
	scopes,
	typeVerbs,
} from '@postern/vocabulary'
import * as z from 'zod/mini'

/** ISO 8601 in UTC. */
export const instant = z.iso.datetime()
export const role = z.enum(roles)
export const language = z.enum(languages)
export const params = z.record(z.string(), z.union([z.string(), z.number()]))

export const rung = z.enum(rungs)
export const rungState = z.enum(['waiting', 'running', 'passed', 'noted', 'failed', 'skipped'])
const note = z.object({ code: z.enum(noteCodes), params })

const evidence = z.object({
	step: z.string(),
	method: z.string(),
	url: z.string(),
	withCredentials: z.boolean(),
	status: z.optional(z.number()),
	code: z.optional(z.string()),
	facts: z.array(z.string()),
	elapsedMs: z.number(),
})

export const problemCode = z.enum(problemCodes)

export const diagnosis = z.object({
	code: problemCode,
	params,
	certainty: z.enum(['sure', 'likely']),
	rung,
	alternatives: z.array(problemCode),
	evidence: z.array(evidence),
	/** With `tls/…`, when the site showed one. With `tls/self-signed` and `tls/pin-mismatch` a person may choose to trust it by its fingerprint. */
	certificate: z.optional(
		z.object({ sha256: z.string(), subject: z.string(), issuer: z.string(), validTo: z.string() }),
	),
	/** Whether the site lets anybody sign in over XML-RPC, where that is known. */
	takesXmlRpcLogins: z.optional(z.boolean()),
})
export type DiagnosisDocument = z.output<typeof diagnosis>

/** What `discover` found out about a site, without any secret. */
export const site = z.object({
	url: z.string(),
	host: z.string(),
	title: z.string(),
	apiRoot: z.string(),
	apiStyle: z.enum(['path', 'query']),
	applicationPasswords: z.enum(['on', 'off', 'unknown']),
	authorizationEndpoint: z.nullable(z.string()),
	adminUrl: z.string(),
	/** Of the platform that the connector type is for, where the site tells. */
	version: z.nullable(z.string()),
	/** The same of a WordPress. */
	wordpressVersion: z.nullable(z.string()),
	notes: z.array(note),
})
export type SiteDocument = z.output<typeof site>

/** RFC 9457, with our members: code, params, who can fix it, what to do. */
export const problemDocument = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number(),
	detail: z.string(),
	code: problemCode,
	params,
	requestId: z.string(),
	fixedBy: z.enum(['you', 'operator', 'site-admin', 'host', 'postern']),
	retry: z.enum(['never', 'after-change', 'after-wait']),
	steps: z.array(z.string()),
	/** The field of the request that is wrong, as a JSON pointer. */
	pointer: z.optional(z.string()),
	diagnosis: z.optional(diagnosis),
	/** What was found out before it failed. */
	site: z.optional(z.partial(site)),
})
export type ProblemDocument = z.output<typeof problemDocument>

/** How a site is spoken to. */
export const transport = z.enum(['rest', 'xml-rpc'])

export const connectorState = z.enum(connectorStates)

/** Which there are beyond the static ones depends on the sites. */
export const scope = z.union([
	z.enum(scopes),
	z.templateLiteral(['types:', z.string(), ':', z.enum(typeVerbs)]),
	z.templateLiteral(['ns:', z.string(), ':', z.enum(namespaceVerbs)]),
])

export const connector = z.object({
	id: z.string(),
	type: z.string(),
	phase: z.enum(['draft', 'saved']),
	name: z.string(),
	/** Its name in addresses of the gateway; it never changes. */
	slug: z.string(),
	/** Where its site is reached with an application password of Postern, with a slash at the end. */
	gatewayUrl: z.string(),
	/** Whether that address has a host of its own: clients exist that refuse or drop a path. */
	hasOwnHost: z.boolean(),
	site,
	/** Of the site's REST API. */
	namespaces: z.array(z.string()),
	/** Custom ones that the account may edit; `restBase` is their part of a route. */
	postTypes: z.array(z.object({ restBase: z.string(), name: z.string(), slug: z.string() })),
	/** What a password may be granted with any use here, for what the account on the site may do. */
	offeredScopes: z.array(scope),
	account: z.object({
		username: z.string(),
		displayName: z.string(),
		userId: z.number(),
		roles: z.array(z.string()),
	}),
	permissions: z.array(z.enum(permissions)),
	/** Not the password: its id and name in WordPress, where WordPress tells. */
	applicationPassword: z.object({ uuid: z.nullable(z.string()), name: z.nullable(z.string()) }),
	notes: z.array(note),
	transport,
	/** Whether a web server in front of the site asks for a login, which is kept here too. */
	hasEdgeLogin: z.boolean(),
	/** SHA-256 of the one certificate that is trusted, in hex. */
	certificatePin: z.nullable(z.string()),
	/** By which way the credential came here. */
	credentialFrom: z.enum(['pasted', 'approved', 'rotated', 'imported', 'link']),
	/** False: it travelled in an address, and nothing has taken its place yet. */
	isRotated: z.boolean(),
	rotateEveryDays: z.nullable(z.number()),
	rotatedAt: z.nullable(instant),
	/** Why the last rotation left the password as it is. */
	rotationProblem: z.nullable(problemCode),
	/** As they are shown, in order. */
	tags: z.array(z.string()),
	/** The account that connected it; null when there is no such account any more. */
	createdBy: z.nullable(z.object({ id: z.string(), name: z.string() })),
	state: connectorState,
	/** Why, when the last check failed. */
	diagnosis: z.nullable(diagnosis),
	checkedAt: z.nullable(instant),
	latencyMs: z.nullable(z.number()),
	createdAt: instant,
	/** When an unsaved draft is deleted. */
	expiresAt: z.nullable(instant),
})
export type ConnectorDocument = z.output<typeof connector>

export const post = z.object({
	/** A number, or whatever else the platform calls it by. */
	id: z.union([z.number(), z.string()]),
	title: z.string(),
	status: z.string(),
	url: z.nullable(z.string()),
	/** Of publication, past or planned; the last change of anything else. */
	at: z.nullable(instant),
})
export type PostDocument = z.output<typeof post>

const named = z.object({ uuid: z.string(), name: z.string() })

/** One request to a site, as it was decided and what came of it. */
const siteAccess = z.object({
	method: z.string(),
	/** In canonical form, with ids and without a query: `/wp/v2/posts/7`, `wp.newPost`. */
	route: z.string(),
	/** Those that it took, with spaces between them. */
	scope: z.string(),
	decision: z.enum(['permitted', 'refused']),
	problem: z.nullable(problemCode),
	/** Of the site's answer; null where none came, or not yet. */
	status: z.nullable(z.number()),
	sentBytes: z.nullable(z.number()),
	receivedBytes: z.nullable(z.number()),
	durationMs: z.nullable(z.number()),
	end: z.nullable(z.enum(['complete', 'aborted', 'truncated', 'revoked'])),
	requestId: z.string(),
	/** As they were called then; they may be gone. */
	password: z.nullable(named),
	connector: z.nullable(z.object({ id: z.string(), name: z.string() })),
})

export const activityEntry = z.object({
	id: z.string(),
	at: instant,
	event: z.enum(auditEvents),
	actor: z.object({
		kind: z.enum(['member', 'caller', 'postern', 'visitor', 'operator']),
		name: z.nullable(z.string()),
	}),
	target: z.nullable(z.object({ kind: z.string(), id: z.string(), name: z.string() })),
	params,
	/** Of a request to a site. */
	access: z.nullable(siteAccess),
})
export type ActivityEntry = z.output<typeof activityEntry>

/** What a step of signing in comes to. */
export const signedIn = z.object({ state: z.enum(['signed-in', 'second-factor-required']) })

/** Revokes all that the account has, in every workspace; otherwise they stay. */
export const revokeApplicationPasswords = z.optional(z.boolean())

/** By what somebody proves who they are. */
export const proofMethod = z.enum(['passkey', 'totp', 'recovery-code', 'password'])
