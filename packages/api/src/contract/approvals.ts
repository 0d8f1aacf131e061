import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { connector, instant, problemDocument, site } from './shapes.ts'
import { credentialProblems, siteProblems } from './site-problems.ts'

export const startApproval = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/approvals',
	summary: 'Approve in WordPress: look at the site and say which of its pages the person opens; counts for ten minutes',
	access: 'editor',
	body: z.strictObject({
		type: z.string(),
		address: z.string(),
		/** Reconnect this one in place instead of making a draft. */
		connectorId: z.optional(z.string()),
		/** SHA-256 of the one certificate to trust, in hex. */
		certificatePin: z.optional(z.string()),
	}),
	output: z.object({
		approveUrl: z.string(),
		/** Whether the person comes back by themselves; else WordPress shows the password, and they paste it. */
		returns: z.boolean(),
		/**
		 * Why they do not: our address is plain http, or it is `localhost` where 127.0.0.1 would do, or the site does not tell its
		 * version. `login-hidden`: they do, but only if they are signed in to WordPress already.
		 */
		why: z.enum(['', 'plain-http', 'localhost', 'version-unknown', 'login-hidden']),
		/** What the password will be called there. */
		appName: z.string(),
		expiresAt: instant,
		site,
	}),
	problems: [
		'connector-type/unknown',
		'request/throttled',
		'site-credential/entered-for-other-origin',
		'approval/not-offered',
		...siteProblems,
	],
})

export const getLatestApproval = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/approvals/latest',
	summary: 'What came of the approval that this session began last, or came back with last',
	access: 'editor',
	output: z.object({
		type: z.string(),
		/** As it was typed. */
		address: z.string(),
		appName: z.string(),
		state: z.enum(['waiting', 'connected', 'refused', 'expired']),
		/** The connector that is reconnected, or was made. */
		connectorId: z.nullable(z.string()),
		problem: z.nullable(problemDocument),
		/**
		 * What became of the password that came with `problem`: removed at the site, or perhaps left there for a person to revoke. Null:
		 * there is none, or a connector lives on it.
		 */
		password: z.nullable(z.object({ state: z.enum(['removed', 'left']), name: z.string(), host: z.string() })),
		/** What became of a password that came with it when it was used, or its time was over. */
		again: z.nullable(problemDocument),
		startedAt: instant,
		expiresAt: instant,
	}),
	problems: [],
})

export const rotateConnector = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/rotate',
	summary: 'Rotate now: have the site make a new password, prove it, use it from here on, and remove the old one there',
	access: 'editor',
	scope: 'postern:connectors:manage',
	output: connector,
	problems: [
		'request/throttled',
		'connector/paused',
		'connector/rotating',
		'vault/cannot-open',
		'rotation/not-possible',
		'rotation/refused',
		'rotation/unproven',
		...siteProblems,
		...credentialProblems,
	],
})
