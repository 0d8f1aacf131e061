import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { connector, connectorState, problemCode, problemDocument } from './shapes.ts'

/** Which connectors are meant; without any, all of them. */
const filters = {
	/** A part of name or host, in any case. */
	search: z.optional(z.string()),
	state: z.optional(connectorState),
	/** Of connector. */
	type: z.optional(z.string()),
	/** In any case. */
	tag: z.optional(z.string()),
	/** The account that connected it. */
	owner: z.optional(z.string()),
}

export const listConnectors = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors',
	summary: 'List connectors, filtered and sorted; search finds a part of name or host',
	access: 'viewer',
	scope: 'postern:connectors:read',
	query: z.object({
		...filters,
		/** By name, unless told: by age, last check, or by what needs somebody most. */
		sort: z.optional(z.enum(['name', 'created', 'checked', 'state'])),
		/** Without it: names from the beginning, the newest and the last checked first, what needs somebody most first. */
		order: z.optional(z.enum(['asc', 'desc'])),
		/** Counts for the sort and order it was given with. */
		cursor: z.optional(z.string()),
		/** 1 to 100; 50 without. */
		limit: z.optional(z.string()),
	}),
	output: z.object({ connectors: z.array(connector), total: z.number(), nextCursor: z.nullable(z.string()) }),
	problems: [],
})

export const listConnectorTags = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/tags',
	summary: 'List the tags that are in use, and on how many connectors',
	access: 'viewer',
	scope: 'postern:connectors:read',
	output: z.object({ tags: z.array(z.object({ tag: z.string(), count: z.number() })) }),
	problems: [],
})

export const listConnectorOwners = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/owners',
	summary: 'List who connected something, and how many connectors',
	access: 'viewer',
	scope: 'postern:connectors:read',
	/** The name is null when there is no such account any more. */
	output: z.object({
		owners: z.array(z.object({ id: z.string(), name: z.nullable(z.string()), count: z.number() })),
	}),
	problems: [],
})

export const exportConnectors = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/export',
	summary: 'Download the list as CSV, by name, without any password',
	access: 'viewer',
	scope: 'postern:connectors:read',
	query: z.object(filters),
	download: ['text/csv'],
	problems: [],
})

const tagProblems = ['connector-tag/malformed'] as const

export const bulkConnectors = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/connectors/bulk',
	summary: 'Do one thing with many connectors; each has its own result. Ends when the caller leaves',
	access: 'editor',
	scope: 'postern:connectors:manage',
	/** Either some, by their ids, or all that match. */
	body: z.strictObject({
		/** As the single actions; to pause and to resume takes an administrator. */
		action: z.enum(['check', 'pause', 'resume', 'tag', 'untag', 'delete']),
		ids: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(500))),
		matching: z.optional(z.strictObject(filters)),
		/** For `tag` and `untag`. */
		tag: z.optional(z.string()),
		/** For `delete`: removes the passwords from the sites, too; `made`: those that were made for Postern, and no other holds. */
		revoke: z.optional(z.union([z.boolean(), z.literal('made')])),
	}),
	event: z.discriminatedUnion('kind', [
		z.object({ kind: z.literal('started'), total: z.number() }),
		z.object({
			kind: z.literal('item'),
			id: z.string(),
			/** Empty where there is no such connector. */
			name: z.string(),
			/** As it is now; null when it is deleted, or when the action failed. */
			state: z.nullable(connectorState),
			/** Why it is in that state, when a check says so; or why its password is left at the site, though it is deleted. */
			code: z.nullable(problemCode),
			/** Why the action failed for this one. */
			problem: z.optional(problemDocument),
		}),
		z.object({ kind: z.literal('finished'), total: z.number(), failed: z.number() }),
		/** Nothing goes on any more; what is done stays done. */
		z.object({ kind: z.literal('failed'), problem: problemDocument }),
	]),
	problems: ['request/throttled', 'role/insufficient', ...tagProblems],
})
