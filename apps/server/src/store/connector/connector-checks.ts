import { type ProblemCode, problemCodes } from '@postern/vocabulary'
import type { Kysely } from 'kysely'
import * as z from 'zod/mini'
import { atomically, type StoreHandle } from '../handle.ts'
import type { StoreSchema } from '../schema.ts'
import type { CheckedState, Connector, ConnectorFacts, ConnectorHealth } from './connector.ts'
import { connectorColumns, factColumns, healthColumns, readConnector } from './connector-row.ts'
import { type HealthChange, type KnownHealth, nextHealth } from './next-health.ts'

/** One look at a site. */
export type ConnectorCheck = {
	readonly at: Date
	/** What was found; what was shown then may have waited for a second look. */
	readonly state: CheckedState
	readonly code: ProblemCode | null
	readonly latencyMs: number | null
}

/** What was found, and with which credential. */
export type FoundByCheck = {
	readonly sealVersion: number
	readonly health: ConnectorHealth & { readonly checkedAt: Date | null }
	readonly facts?: ConnectorFacts | undefined
	/** Told by the clock: a failure has to be seen twice. Otherwise it counts at once. */
	readonly isScheduled?: boolean
}

export type KeptCheck = KnownHealth & { readonly connector: Connector; readonly change: HealthChange | undefined }

const keptMs = 90 * 86_400_000
/** Of one connector: ninety days of checks by the clock, and a few hundred by hand. */
const mostKept = 600

/** What checks found. */
export function checkFunctions(handle: StoreHandle) {
	return {
		/**
		 * Keeps what a check found, and what it proved anew; says what that changed. `sealVersion` is that of the credential it was
		 * done with: undefined when the credential was replaced, or the connector deleted, meanwhile.
		 */
		recordCheck: (workspaceId: string, id: string, found: FoundByCheck): Promise<KeptCheck | undefined> =>
			atomically(handle, (db) => keepCheck({ ...handle, db }, { workspaceId, id, found })),

		/** How often the site refused the login in a row. */
		async countRejectedLogins(workspaceId: string, id: string): Promise<number> {
			const row = await handle.db
				.selectFrom('connector')
				.select('rejected_logins')
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.executeTakeFirst()
			return row?.rejected_logins ?? 0
		},

		/** What checks found since a time, the oldest first. */
		async listChecks(workspaceId: string, id: string, since: Date): Promise<readonly ConnectorCheck[]> {
			const rows = await handle.db
				.selectFrom('connector_check')
				.innerJoin('connector', 'connector.id', 'connector_check.connector_id')
				.select(['connector_check.at', 'connector_check.state', 'connector_check.code', 'connector_check.latency_ms'])
				.where('connector.workspace_id', '=', workspaceId)
				.where('connector_check.connector_id', '=', id)
				.where('connector_check.at', '>=', since.getTime())
				.orderBy('connector_check.at')
				.execute()
			return rows.map(({ at, state, code, latency_ms: latencyMs }) => ({
				at: new Date(at),
				state,
				code: code === null ? null : codeJson.parse(code),
				latencyMs,
			}))
		},
	}
}

const codeJson = z.enum(problemCodes)

type Keeping = { readonly workspaceId: string; readonly id: string; readonly found: FoundByCheck }

async function keepCheck(handle: StoreHandle, { workspaceId, id, found }: Keeping): Promise<KeptCheck | undefined> {
	const { db, dialect, now } = handle
	const { health, facts, sealVersion } = found
	const before = await db
		.selectFrom('connector')
		.select(['state', 'failing_since', 'failures', 'rejected_logins'])
		.where('workspace_id', '=', workspaceId)
		.where('phase', '=', 'saved')
		.where('id', '=', id)
		.where('seal_version', '=', sealVersion)
		.$if(dialect.type === 'postgres', (query) => query.forUpdate())
		.executeTakeFirst()
	if (before === undefined) return undefined
	const known = {
		state: before.state,
		failingSince: before.failing_since === null ? null : new Date(before.failing_since),
		failures: before.failures,
		rejectedLogins: before.rejected_logins,
	}
	const checkedAt = health.checkedAt ?? now()
	const next = nextHealth(known, { ...health, checkedAt }, found.isScheduled !== true)
	const row = await db
		.updateTable('connector')
		.set({
			...(next.isShown ? healthColumns(health) : { checked_at: checkedAt.getTime() }),
			...(facts === undefined ? {} : factColumns(facts)),
			failing_since: next.failingSince?.getTime() ?? null,
			failures: next.failures,
			rejected_logins: next.rejectedLogins,
			updated_at: now().getTime(),
			row_version: (column) => column('row_version', '+', 1),
		})
		.where('id', '=', id)
		.returning(connectorColumns)
		.executeTakeFirstOrThrow()
	await addToHistory(db, id, { ...health, checkedAt })
	return { ...next, connector: readConnector(row) }
}

/** Adds a look to the history of a connector, and forgets what is old. */
export async function addToHistory(
	db: Kysely<StoreSchema>,
	connectorId: string,
	{ state, diagnosis, checkedAt, latencyMs }: ConnectorHealth & { readonly checkedAt: Date },
): Promise<void> {
	const at = checkedAt.getTime()
	await db
		.insertInto('connector_check')
		.values({
			connector_id: connectorId,
			at,
			state,
			code: diagnosis?.code ?? null,
			latency_ms: latencyMs === null ? null : Math.round(latencyMs),
		})
		.onConflict((conflict) => conflict.columns(['connector_id', 'at']).doNothing())
		.execute()
	const oldest = db
		.selectFrom('connector_check')
		.select('at')
		.where('connector_id', '=', connectorId)
		.orderBy('at', 'desc')
		.offset(mostKept)
		.limit(1)
	await db
		.deleteFrom('connector_check')
		.where('connector_id', '=', connectorId)
		.where(({ or, eb }) => or([eb('at', '<', at - keptMs), eb('at', '<=', oldest)]))
		.execute()
}
