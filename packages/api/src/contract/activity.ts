import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { activityEntry } from './shapes.ts'

/** What of the log is asked for; without any, all of it. */
const filters = {
	/** What came with this application password, and what was done with it, by its uuid; also one that is revoked. */
	password: z.optional(z.string()),
	/** What passed to the site of this connector, and what was done with it, by its id; also one that is deleted. */
	connector: z.optional(z.string()),
	decision: z.optional(z.enum(['permitted', 'refused'])),
	/** Requests to sites, or everything else. */
	kind: z.optional(z.enum(['requests', 'changes'])),
}

export const listActivity = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/activity',
	summary: 'Read what happened, newest first',
	access: 'viewer',
	scope: 'postern:activity:read',
	query: z.object({ ...filters, cursor: z.optional(z.string()), limit: z.optional(z.string()) }),
	/** A password that is for some connectors is not told about others: a page may then hold fewer than its limit. */
	output: z.object({ entries: z.array(activityEntry), nextCursor: z.nullable(z.string()) }),
	problems: [],
})

export const exportActivity = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/activity/export',
	summary: 'Download what happened, newest first: one line for each entry',
	access: 'viewer',
	scope: 'postern:activity:read',
	query: z.object({ ...filters, format: z.enum(['csv', 'jsonl']) }),
	download: ['text/csv', 'application/jsonl'],
	problems: [],
})
