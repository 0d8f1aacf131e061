import { noteCodes, problemCodes } from '@postern/vocabulary'
import * as z from 'zod/mini'
import { connectorType } from './connector-type.ts'
import { endpoint } from './endpoint.ts'
import { instant, params, problemDocument, rung, rungState, site, transport } from './shapes.ts'
import { addressProblems, siteProblems, typedCredentialProblems } from './site-problems.ts'

const linkProblems = ['connect-link/invalid', 'account/throttled'] as const

const connectLink = z.object({
	id: z.string(),
	/** Of connector. */
	type: z.string(),
	/** The one site that it is for. */
	host: z.string(),
	/** The connector that is reconnected; null: it makes a new one. */
	connector: z.nullable(z.object({ id: z.string(), name: z.string() })),
	/** Who made it. */
	createdBy: z.string(),
	createdAt: instant,
	expiresAt: instant,
})
export type ConnectLinkDocument = z.output<typeof connectLink>

export const createConnectLink = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connect-links',
	summary: 'Make a one-time link (7 days) by which the owner of one site connects or reconnects it without an account',
	access: 'editor',
	/** Either a type and an address, or a connector. */
	body: z.union([
		z.strictObject({ type: z.string(), address: z.string() }),
		z.strictObject({ connectorId: z.string() }),
	]),
	output: z.object({ connectLink, link: z.string() }),
	problems: ['connector-type/unknown', 'connect-link/limit', ...addressProblems],
})

export const listConnectLinks = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connect-links',
	summary: 'List the links that somebody can still use',
	access: 'editor',
	output: z.object({ connectLinks: z.array(connectLink) }),
	problems: [],
})

export const revokeConnectLink = endpoint({
	method: 'DELETE',
	path: '/workspaces/{workspaceId}/connect-links/{linkId}',
	summary: 'Revoke a link',
	access: 'editor',
	problems: [],
})

/** Behind `#` in the address, so no server and no log ever saw it. */
const token = z.string()
const edge = { edgeUsername: z.optional(z.string()), edgePassword: z.optional(z.string()) }

export const readConnectLink = endpoint({
	method: 'POST',
	path: '/connect-links/read',
	summary: 'Say what a link asks for',
	access: 'anybody',
	body: z.strictObject({ token }),
	output: z.object({
		workspaceName: z.string(),
		host: z.string(),
		address: z.string(),
		type: connectorType,
		isReconnection: z.boolean(),
		expiresAt: instant,
	}),
	problems: linkProblems,
})

export const discoverByConnectLink = endpoint({
	method: 'POST',
	path: '/connect-links/discover',
	summary: 'Look at the site of a link, and say where its owner can make an application password with one click',
	access: 'anybody',
	body: z.strictObject({ token, ...edge }),
	output: z.object({
		site,
		/** A page of the site that shows the password once; null where it has none. */
		approval: z.nullable(z.object({ url: z.string(), appName: z.string() })),
	}),
	problems: [...linkProblems, 'request/throttled', ...siteProblems],
})

export const verifyByConnectLink = endpoint({
	method: 'POST',
	path: '/connect-links/verify',
	summary: 'Prove a credential of the site, rung by rung; success connects it and uses the link up',
	access: 'anybody',
	body: z.strictObject({
		token,
		/** The fields of the connector type by their names, without the address. */
		fields: z.record(z.string(), z.string()),
		transport: z.optional(transport),
		...edge,
	}),
	event: z.discriminatedUnion('kind', [
		z.object({
			kind: z.literal('rung'),
			rung,
			state: rungState,
			elapsedMs: z.optional(z.number()),
			/** The remark of a noted rung, or the problem of the failed one. */
			detail: z.optional(z.object({ code: z.enum([...noteCodes, ...problemCodes]), params })),
		}),
		z.object({ kind: z.literal('connected'), host: z.string() }),
		z.object({ kind: z.literal('failed'), problem: problemDocument }),
	]),
	problems: [...linkProblems, 'request/throttled', 'edge/login-malformed', ...typedCredentialProblems],
})
