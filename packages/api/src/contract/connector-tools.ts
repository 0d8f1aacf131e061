import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { connector } from './shapes.ts'
import { credentialProblems, siteProblems } from './site-problems.ts'

const visitProblems = [
	'request/throttled',
	'connector/paused',
	'vault/cannot-open',
	'connector-type/unknown',
	...siteProblems,
	...credentialProblems,
] as const

const draftTrial = z.object({
	/** As far as it came, in order. */
	steps: z.array(z.object({ step: z.enum(['write', 'read', 'delete']), elapsedMs: z.number() })),
	/** Whether the site kept it as it was sent. */
	stored: z.enum(['as-sent', 'changed']),
	/** What could not be deleted. */
	leftBehind: z.nullable(z.object({ id: z.number(), url: z.string() })),
})
export type DraftTrialDocument = z.output<typeof draftTrial>

export const tryDraft = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/try-draft',
	summary: 'Try a draft: write a marked one, read it back, delete it; finds a firewall before real work does',
	access: 'editor',
	scope: 'postern:connectors:manage',
	output: draftTrial,
	problems: visitProblems,
})

const otherSite = z.object({
	url: z.string(),
	name: z.string(),
	isAdmin: z.boolean(),
	/** There is a connector to it in this workspace. */
	isConnected: z.boolean(),
})
export type OtherSiteDocument = z.output<typeof otherSite>

export const listOtherSites = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/other-sites',
	summary: 'Ask the site which other sites of its network the same login opens',
	access: 'editor',
	output: z.object({ sites: z.array(otherSite) }),
	problems: visitProblems,
})

export const addOtherSite = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/other-sites',
	summary: 'Connect one of them: the same credential is proved there, sealed and listed under the site’s title',
	access: 'editor',
	/** As it was listed. */
	body: z.strictObject({ url: z.string() }),
	output: connector,
	problems: visitProblems,
})

export const getAboutRequests = endpoint({
	method: 'GET',
	path: '/about-requests',
	summary: 'Say what the requests of this Postern look like, for whoever has to let them in',
	access: 'anybody',
	output: z.object({
		/** The User-Agent header. */
		userAgent: z.string(),
		/** Addresses and networks from which they come, where the operator says so. */
		outgoingAddresses: z.array(z.string()),
		/** Whom to ask, where the operator says so: an e-mail address, or a page. */
		contact: z.nullable(z.string()),
		origin: z.string(),
	}),
	problems: [],
})
