import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { connectorState, instant, problemCode } from './shapes.ts'

const connectorHistory = z.object({
	/** The oldest first. */
	checks: z.array(
		z.object({
			at: instant,
			/** What was found; what is shown may wait until it is seen again. */
			state: connectorState,
			/** Of what was wrong. */
			code: z.nullable(problemCode),
			latencyMs: z.nullable(z.number()),
		}),
	),
	/** Null: it is paused, or rests until somebody reconnects it or checks it. */
	nextCheckAt: z.nullable(instant),
	isChecking: z.boolean(),
})
export type ConnectorHistoryDocument = z.output<typeof connectorHistory>

export const getConnectorHistory = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/connectors/{connectorId}/history',
	summary: 'Read what checks of a connector found, and when it is checked next',
	access: 'viewer',
	scope: 'postern:connectors:read',
	/** 30 days without. */
	query: z.object({ days: z.optional(z.enum(['7', '30', '90'])) }),
	output: connectorHistory,
	problems: [],
})
