import type { ProblemCode } from '@postern/vocabulary'
import { sql } from 'kysely'
import type { Connector, ConnectorFacts } from '../connector/connector.ts'
import { connectorColumns, credentialColumns, factColumns, readConnector } from '../connector/connector-row.ts'
import { atomically, type StoreHandle } from '../handle.ts'
import type { HeldRotation } from './rotation.ts'
import { ownSources } from './own-sources.ts'
import { readHeld } from './rotation-row.ts'

const dayMs = 86_400_000

/** As the index has it. */
const mayBeOverdue = sql<boolean>`(rotate_every_days is not null or is_rotated = 0)`
const isLeftAlone = sql<boolean>`not exists (select 1 from connector_rotation where connector_id = connector.id)`

/** What rotations and revocations need to know and to change of connectors. */
export function rotatingConnectors(handle: StoreHandle) {
	const { db, now } = handle
	return {
		/** Saved or draft, expired or not: whoever rotates or revokes has to reach it. */
		async findConnector(connectorId: string): Promise<Connector | undefined> {
			const row = await db
				.selectFrom('connector')
				.select(connectorColumns)
				.where('id', '=', connectorId)
				.executeTakeFirst()
			return row && readConnector(row)
		},

		/**
		 * Gives the connector the new password, and leaves the old ones to be deleted: both or neither. Undefined when the lease
		 * was lost, or when somebody replaced the credential meanwhile.
		 */
		switchCredential(
			held: HeldRotation,
			facts: ConnectorFacts,
			reach: Pick<Connector, 'transport' | 'certificatePin' | 'edgeUsername'>,
		): Promise<{ readonly held: HeldRotation; readonly connector: Connector } | undefined> {
			return atomically(handle, async (transaction) => {
				if (held.newSealed === null) throw new Error('there is no new password to switch to')
				const { newSealed: sealed, newEdgeSealed, sealVersion } = held
				const at = now()
				const edge =
					reach.edgeUsername === null || newEdgeSealed === null
						? null
						: { username: reach.edgeUsername, sealed: newEdgeSealed }
				const fenced = await transaction
					.updateTable('connector_rotation')
					.set({ phase: 'switched', attempts: 0, new_sealed: null, new_edge_sealed: null })
					.where('connector_id', '=', held.connectorId)
					.where('lease_token', '=', held.leaseToken)
					.where(({ exists, selectFrom }) =>
						exists(
							selectFrom('connector')
								.select('id')
								.where('id', '=', held.connectorId)
								.where('seal_version', '=', sealVersion),
						),
					)
					.returningAll()
					.executeTakeFirst()
				if (fenced === undefined) return undefined
				const row = await transaction
					.updateTable('connector')
					.set({
						...factColumns(facts),
						...credentialColumns(
							{
								sealed,
								sealVersion: sealVersion + 1,
								reach: { transport: reach.transport, pin: reach.certificatePin, edge },
								credentialFrom: 'rotated',
								isRotated: true,
							},
							at,
						),
						rejected_logins: 0,
						rotation_problem: null,
						rotation_tried_at: at.getTime(),
						updated_at: at.getTime(),
						row_version: sql<number>`row_version + 1`,
					})
					.where('id', '=', held.connectorId)
					.where('seal_version', '=', sealVersion)
					.returning(connectorColumns)
					.executeTakeFirstOrThrow()
				return { held: readHeld(fenced), connector: readConnector(row) }
			})
		},

		/** Undefined: there is no such saved connector. */
		async schedule(workspaceId: string, id: string, everyDays: number | null): Promise<Connector | undefined> {
			const row = await db
				.updateTable('connector')
				.set({
					rotate_every_days: everyDays,
					updated_at: now().getTime(),
					row_version: sql<number>`row_version + 1`,
				})
				.where('workspace_id', '=', workspaceId)
				.where('phase', '=', 'saved')
				.where('id', '=', id)
				.returning(connectorColumns)
				.executeTakeFirst()
			return row && readConnector(row)
		},

		/** Says on the connector why its password stays; it is tried again a day later at the earliest. */
		async noteFailure(connectorId: string, code: ProblemCode): Promise<void> {
			const at = now().getTime()
			await db
				.updateTable('connector')
				.set({ rotation_problem: code, rotation_tried_at: at, row_version: sql<number>`row_version + 1` })
				.where('id', '=', connectorId)
				.execute()
		},

		/**
		 * Connectors whose password is older than they allow, and that work; and those that were reconnected by an approval while
		 * another rotation was under way.
		 */
		async listOverdue(limit: number): Promise<readonly Connector[]> {
			const at = now().getTime()
			const rows = await db
				.selectFrom('connector')
				.select(connectorColumns)
				.where(mayBeOverdue)
				.where('phase', '=', 'saved')
				.where('is_paused', '=', 0)
				.where('state', 'in', ['healthy', 'limited'])
				.where(({ or, and }) =>
					or([
						and([
							sql<boolean>`coalesce(rotated_at, created_at) + cast(rotate_every_days as bigint) * ${sql.lit(dayMs)} <= ${at}`,
							sql<boolean>`coalesce(rotation_tried_at, 0) + ${sql.lit(dayMs)} <= ${at}`,
						]),
						sql<boolean>`is_rotated = 0 and rotation_problem = 'connector/rotating'`,
					]),
				)
				.where(isLeftAlone)
				.orderBy('id')
				.limit(limit)
				.execute()
			return rows.map(readConnector)
		},

		/** Drafts that nobody saved, whose password was made for us and has to go with them, and that nobody works on yet. */
		async listForsakenDrafts(limit: number): Promise<readonly Connector[]> {
			const rows = await db
				.selectFrom('connector')
				.select(connectorColumns)
				.where('phase', '=', sql.lit('draft'))
				.where('expires_at', '<=', now().getTime())
				.where('credential_from', 'in', ownSources)
				.where(isLeftAlone)
				.orderBy('expires_at')
				.limit(limit)
				.execute()
			return rows.map(readConnector)
		},

		/**
		 * Whether a connector lives on this password of that site. In the same workspace it may be at another origin: a network of
		 * sites with a host for each shares its passwords.
		 */
		async isInUse({ workspaceId, siteOrigin, passwordUuid, exceptId }: PasswordInUse): Promise<boolean> {
			const row = await db
				.selectFrom('connector')
				.select('id')
				.where('password_uuid', '=', passwordUuid)
				.where(({ or, eb }) => or([eb('site_origin', '=', siteOrigin), eb('workspace_id', '=', workspaceId)]))
				.$if(exceptId !== undefined, (query) => query.where('id', '!=', exceptId ?? ''))
				.executeTakeFirst()
			return row !== undefined
		},

		/**
		 * Whether another connector of the workspace is of the same user, and was not told which of the passwords it has: over
		 * XML-RPC, or behind a plugin that says nothing. It may be any that a person has pasted.
		 */
		async mayBeShared({
			id,
			workspaceId,
			site,
			account,
		}: Pick<Connector, 'id' | 'workspaceId' | 'site' | 'account'>): Promise<boolean> {
			const row = await db
				.selectFrom('connector')
				.select('id')
				.where('workspace_id', '=', workspaceId)
				.where('site_origin', '=', site.origin)
				.where('site_user_id', '=', account.userId)
				.where('password_uuid', 'is', null)
				.where('id', '!=', id)
				.executeTakeFirst()
			return row !== undefined
		},
	}
}

type PasswordInUse = {
	readonly workspaceId: string
	readonly siteOrigin: string
	readonly passwordUuid: string
	/** Another than this one. */
	readonly exceptId?: string
}
