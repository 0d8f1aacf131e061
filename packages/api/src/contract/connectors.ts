import { noteCodes, problemCodes } from '@postern/vocabulary'
import * as z from 'zod/mini'
import { connectorType } from './connector-type.ts'
import { endpoint } from './endpoint.ts'
import { connector, params, post, problemDocument, rung, rungState, site, transport } from './shapes.ts'
import { credentialProblems, siteProblems, typedCredentialProblems } from './site-problems.ts'

/** All that it has from now on; case and width do not tell them apart. */
const tags = z.array(z.string()).check(z.maxLength(100))
const tagProblems = ['connector-tag/malformed', 'connector-tag/limit'] as const

const nameProblems = ['connector-name/required', 'connector-name/too-long', 'connector-name/malformed'] as const

/** How a site is reached, besides its address. */
const reach = {
	/** `rest` unless told. */
	transport: z.optional(transport),
	/** Of a web server that asks for a login in front of the site. */
	edgeUsername: z.optional(z.string()),
	edgePassword: z.optional(z.string()),
	/** SHA-256 of the one certificate to trust, in hex. */
	certificatePin: z.optional(z.string()),
}

export const listConnectorTypes = endpoint({
	method: 'GET',
	path: '/connector-types',
	summary: 'List what can be connected, with fields and texts',
	access: 'signed-in',
	scope: 'any',
	output: z.object({ types: z.array(connectorType) }),
	problems: [],
})

export const discoverSite = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/sites/discover',
	summary: 'Look at an address without any secret; a failure is a problem with a diagnosis',
	access: 'editor',
	scope: 'postern:connectors:manage',
	body: z.strictObject({ type: z.string(), address: z.string(), ...reach }),
	output: site,
	problems: ['connector-type/unknown', 'request/throttled', ...siteProblems],
})

export const verifySite = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/verify',
	summary: 'Authorize: prove a site credential, rung by rung; success seals it as a draft connector for 15 minutes',
	access: 'editor',
	scope: 'postern:connectors:manage',
	/** Besides these, the fields of the connector type by their names, such as `username` and `applicationPassword`. */
	body: z.catchall(
		z.object({
			type: z.string(),
			address: z.string(),
			/** Reconnect this one in place instead of making a draft. */
			connectorId: z.optional(z.string()),
			...reach,
			/** It is one row of a list. */
			import: z.optional(z.boolean()),
		}),
		z.string(),
	),
	event: z.discriminatedUnion('kind', [
		z.object({
			kind: z.literal('rung'),
			rung,
			state: rungState,
			elapsedMs: z.optional(z.number()),
			/** The remark of a noted rung, or the problem of the failed one. */
			detail: z.optional(z.object({ code: z.enum([...noteCodes, ...problemCodes]), params })),
		}),
		z.object({ kind: z.literal('verified'), connector }),
		z.object({ kind: z.literal('failed'), problem: problemDocument }),
	]),
	problems: [
		'connector-type/unknown',
		'request/throttled',
		'edge/login-malformed',
		'application-password/scope-beyond-caller', // it is for some connectors, and this is another
		...typedCredentialProblems,
	],
})

export const listDrafts = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/drafts',
	summary: 'List verified connections that I have not saved yet',
	access: 'editor',
	scope: 'postern:connectors:manage',
	output: z.object({ connectors: z.array(connector) }),
	problems: [],
})

export const saveConnector = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/save',
	summary: 'Save Connector: name a draft and list it',
	access: 'editor',
	scope: 'postern:connectors:manage',
	body: z.strictObject({ name: z.string(), tags: z.optional(tags) }),
	output: connector,
	problems: [...nameProblems, ...tagProblems, 'connector/draft-expired'],
})

export const getConnector = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}',
	summary: 'Read one connector',
	access: 'viewer',
	scope: 'postern:connectors:read',
	output: connector,
	problems: [],
})

export const updateConnector = endpoint({
	method: 'PATCH',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}',
	summary:
		'Rename, change the tags or how often the password is rotated; another address needs the password again: refused here',
	access: 'editor',
	scope: 'postern:connectors:manage',
	body: z.strictObject({
		name: z.optional(z.string()),
		tags: z.optional(tags),
		address: z.optional(z.string()),
		/** 1 to 365; null: not by the clock. */
		rotateEveryDays: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(365)))),
	}),
	output: connector,
	problems: [...nameProblems, ...tagProblems, 'site-credential/entered-for-other-origin', 'rotation/not-possible'],
})

export const deleteConnector = endpoint({
	method: 'DELETE',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}',
	summary:
		'Delete a connector, which takes an administrator, or discard a draft, and its sealed password; on request, remove the password from the site too',
	access: 'editor',
	scope: 'postern:connectors:manage',
	query: z.object({ revoke: z.optional(z.enum(['true', 'false'])) }),
	output: z.object({
		/** What became of the password at the site; `kept`: nobody asked. */
		revoked: z.enum(['revoked', 'gone', 'kept', 'failed']),
		/** Why it failed. The connector is deleted all the same. */
		problem: z.nullable(problemDocument),
	}),
	problems: ['connector/rotating'],
})

export const checkConnector = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/check',
	summary: 'Check now: prove the connection again; the result is in the connector’s state',
	access: 'editor',
	scope: 'postern:connectors:manage',
	output: connector,
	problems: ['request/throttled', 'connector/paused'],
})

export const pauseConnector = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/pause',
	summary: 'Pause a connector: nothing is sent to its site, and open requests are cut',
	access: 'admin',
	scope: 'postern:connectors:manage',
	output: connector,
	problems: [],
})

export const resumeConnector = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/resume',
	summary: 'Resume a paused connector',
	access: 'admin',
	scope: 'postern:connectors:manage',
	output: connector,
	problems: [],
})

export const listLatestPosts = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/posts',
	summary: 'Read the latest posts and drafts from the site, live',
	access: 'viewer',
	scope: 'postern:connectors:read',
	output: z.object({ posts: z.array(post), drafts: z.array(post), elapsedMs: z.number() }),
	problems: ['request/throttled', 'connector/paused', 'vault/cannot-open', ...siteProblems, ...credentialProblems],
})
