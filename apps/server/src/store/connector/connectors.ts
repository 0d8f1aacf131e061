import { type ConnectorState, connectorStates, type Result } from '@postern/vocabulary'
import { type Kysely, sql, type UpdateObject } from 'kysely'
import { atomically, type StoreHandle } from '../handle.ts'
import type { StoreSchema } from '../schema.ts'
import { foldForSearch, storable } from '../storable.ts'
import type {
	Connector,
	ConnectorFacts,
	ConnectorFilter,
	ConnectorHealth,
	ConnectorPage,
	ConnectorQuery,
	CredentialOrigin,
	NewDraft,
	SealedCredential,
} from './connector.ts'
import { addToHistory, checkFunctions } from './connector-checks.ts'
import { exportConnectors, readConnectorPage, readMatching } from './connector-page.ts'
import { tagFunctions } from './connector-tags.ts'
import { loginFunctions } from './connector-logins.ts'
import {
	connectorColumns,
	credentialColumns,
	factColumns,
	healthColumns,
	readConnector,
	readReach,
	sealedColumns,
} from './connector-row.ts'
import { ownSources } from '../rotation/own-sources.ts'
import { forgetSlugs, releaseSlug, takeSlug } from './connector-slugs.ts'

export type ConnectorCounts = { readonly total: number; readonly byState: Readonly<Record<ConnectorState, number>> }

export type Connectors = ReturnType<typeof connectorsOn>

/** Only a saved connector is found, listed, changed and counted; a draft has functions of its own. */
export function connectorsOn(handle: StoreHandle) {
	return { ...draftFunctions(handle), ...readFunctions(handle), ...writeFunctions(handle), ...tagFunctions(handle) }
}

function draftFunctions(handle: StoreHandle) {
	const { db, now } = handle
	const drafts = (workspaceId: string) =>
		db
			.selectFrom('connector')
			.select(connectorColumns)
			.where('workspace_id', '=', workspaceId)
			.where('phase', '=', 'draft')
			.where('expires_at', '>', now().getTime())
	return {
		async createDraft(draft: NewDraft): Promise<Connector> {
			const at = now()
			return atomically(handle, async (transaction) => {
				const slug = await takeSlug(transaction, { connectorId: draft.id, siteUrl: draft.site.url, at })
				const row = await transaction
					.insertInto('connector')
					.values({ ...draftColumns(draft, at), slug })
					.returning(connectorColumns)
					.executeTakeFirstOrThrow()
				return readConnector(row)
			})
		},

		/** Gives undefined when it expired, is saved, or never was. */
		async findDraft(workspaceId: string, id: string): Promise<Connector | undefined> {
			const row = await drafts(workspaceId).where('id', '=', id).executeTakeFirst()
			return row && readConnector(row)
		},

		/** The unexpired drafts of one account, the newest first. */
		async listDrafts(workspaceId: string, createdBy: string): Promise<readonly Connector[]> {
			const rows = await drafts(workspaceId)
				.where('created_by', '=', createdBy)
				.orderBy('created_at', 'desc')
				.orderBy('id')
				.execute()
			return rows.map(readConnector)
		},

		/** Names a draft and lists it; undefined when it expired, is saved already, or never was. */
		async save(workspaceId: string, id: string, name: string): Promise<Connector | undefined> {
			const row = await db
				.updateTable('connector')
				.set({ phase: 'saved', expires_at: null, ...nameColumns(name), ...changedAt(now()) })
				.where('workspace_id', '=', workspaceId)
				.where('id', '=', id)
				.where('phase', '=', 'draft')
				.where('expires_at', '>', now().getTime())
				.returning(connectorColumns)
				.executeTakeFirst()
			return row && readConnector(row)
		},

		/** Deletes a draft before its time; gives what was deleted. */
		async deleteDraft(workspaceId: string, id: string): Promise<Connector | undefined> {
			return atomically(handle, async (transaction) => {
				const row = await transaction
					.deleteFrom('connector')
					.where('workspace_id', '=', workspaceId)
					.where('id', '=', id)
					.where('phase', '=', 'draft')
					.returning(connectorColumns)
					.executeTakeFirst()
				if (row !== undefined) await forgetSlugs(transaction, [id])
				return row && readConnector(row)
			})
		},

		/**
		 * The sweeper's: in all workspaces, but for those whose password was made for us and has to be removed first. Gives what
		 * was deleted.
		 */
		async deleteExpiredDrafts(at: Date): Promise<readonly Connector[]> {
			return atomically(handle, async (transaction) => {
				const rows = await transaction
					.deleteFrom('connector')
					.where('phase', '=', sql.lit('draft')) // a literal, so that the partial index serves it
					.where('expires_at', '<=', at.getTime())
					.where('credential_from', 'not in', ownSources)
					.returning(connectorColumns)
					.execute()
				await forgetSlugs(
					transaction,
					rows.map(({ id }) => id),
				)
				return rows.map(readConnector)
			})
		},
	}
}

function readFunctions(handle: StoreHandle) {
	const { db } = handle
	return {
		async find(workspaceId: string, id: string): Promise<Connector | undefined> {
			const row = await saved(db, workspaceId).select(connectorColumns).where('id', '=', id).executeTakeFirst()
			return row && readConnector(row)
		},

		/** The sealed site credential, whose it is, and the way there, of a draft too; only for `access`. */
		async findSealed(
			workspaceId: string,
			id: string,
		): Promise<(SealedCredential & { siteOrigin: string; username: string }) | undefined> {
			const row = await db
				.selectFrom('connector')
				.where('workspace_id', '=', workspaceId)
				.select(sealedColumns)
				.where('id', '=', id)
				.executeTakeFirst()
			if (!row) return undefined
			const { sealed, seal_version: sealVersion, site_origin: siteOrigin, site_username: username } = row
			return { sealed, sealVersion, reach: readReach(row), siteOrigin, username }
		},

		/** Of every saved connector. */
		async listSiteUrls(workspaceId: string): Promise<readonly string[]> {
			const rows = await saved(db, workspaceId).select('site_url').execute()
			return rows.map((row) => row.site_url)
		},

		/** Keyset pages. Fails with `request/type-error` for a cursor that is none of this order. */
		page: (query: ConnectorQuery): Promise<Result<ConnectorPage>> => readConnectorPage(handle, query),

		/** All that match, by name: no more of each than tells which it is. */
		listMatching: (filter: ConnectorFilter) => readMatching(handle, filter),

		/** All that match, by name, batch by batch. */
		export: (filter: ConnectorFilter) => exportConnectors(handle, filter),

		async count(workspaceId: string): Promise<ConnectorCounts> {
			const rows = await saved(db, workspaceId)
				.select(({ fn }) => ['state', 'is_paused', fn.countAll<number>().as('count')])
				.groupBy(['state', 'is_paused'])
				.execute()
			const isShownAs = (state: ConnectorState, row: (typeof rows)[number]) =>
				row.is_paused === 1 ? state === 'paused' : state === row.state
			const count = (state: ConnectorState) =>
				rows.filter((row) => isShownAs(state, row)).reduce((sum, row) => sum + row.count, 0)
			// Every state is a key, because they are taken from the list of states.
			const byState = Object.fromEntries(connectorStates.map((state) => [state, count(state)])) as Record<
				ConnectorState,
				number
			>
			return { total: rows.reduce((sum, row) => sum + row.count, 0), byState }
		},
	}
}

function writeFunctions(handle: StoreHandle) {
	const { db, now } = handle
	const change = async (
		workspaceId: string,
		id: string,
		columns: UpdateObject<StoreSchema, 'connector'>,
		sealVersion?: number,
		transaction = db,
	): Promise<Connector | undefined> => {
		const row = await transaction
			.updateTable('connector')
			.set({ ...columns, ...changedAt(now()) })
			.where('workspace_id', '=', workspaceId)
			.where('phase', '=', 'saved')
			.where('id', '=', id)
			.$if(sealVersion !== undefined, (query) => query.where('seal_version', '=', sealVersion ?? 0))
			.returning(connectorColumns)
			.executeTakeFirst()
		return row && readConnector(row)
	}
	return {
		/** Nothing passes the gateway to a paused connector. */
		pause: (workspaceId: string, id: string): Promise<Connector | undefined> =>
			change(workspaceId, id, { is_paused: 1 }),

		resume: (workspaceId: string, id: string): Promise<Connector | undefined> =>
			change(workspaceId, id, { is_paused: 0 }),

		...loginFunctions(handle),

		rename: (workspaceId: string, id: string, name: string): Promise<Connector | undefined> =>
			change(workspaceId, id, nameColumns(name)),

		...checkFunctions(handle),

		/**
		 * Puts another credential, sealed for the next version, in the place of the one before; undefined when somebody
		 * else was faster. Name and id stay.
		 */
		replaceCredential: (
			workspaceId: string,
			id: string,
			next: SealedCredential & CredentialOrigin & { facts: ConnectorFacts; health: ConnectorHealth },
		): Promise<Connector | undefined> =>
			atomically(handle, async (transaction) => {
				const columns = {
					...factColumns(next.facts),
					...healthColumns(next.health),
					...credentialColumns(next, now()),
					...nothingFailed,
				}
				const replaced = await change(workspaceId, id, columns, next.sealVersion - 1, transaction)
				const checkedAt = next.health.checkedAt ?? now()
				if (replaced !== undefined) await addToHistory(transaction, id, { ...next.health, checkedAt })
				return replaced
			}),

		/** Deletes the connector and its sealed credential; gives what was deleted. */
		async delete(workspaceId: string, id: string): Promise<Connector | undefined> {
			return atomically(handle, async (transaction) => {
				const row = await transaction
					.deleteFrom('connector')
					.where('workspace_id', '=', workspaceId)
					.where('phase', '=', 'saved')
					.where('id', '=', id)
					.returning(connectorColumns)
					.executeTakeFirst()
				if (row !== undefined) await releaseSlug(transaction, id, now())
				return row && readConnector(row)
			})
		},
	}
}

function draftColumns(draft: NewDraft, at: Date) {
	return {
		id: draft.id,
		workspace_id: draft.workspaceId,
		type: draft.type,
		phase: 'draft' as const,
		name: '',
		name_search: '',
		...factColumns(draft),
		...healthColumns(draft),
		...credentialColumns(draft, at),
		created_by: draft.createdBy,
		created_at: at.getTime(),
		updated_at: at.getTime(),
		expires_at: draft.expiresAt.getTime(),
		row_version: 1,
	}
}

const nothingFailed = { rejected_logins: 0, failures: 0, failing_since: null }

function saved(db: Kysely<StoreSchema>, workspaceId: string) {
	return db.selectFrom('connector').where('workspace_id', '=', workspaceId).where('phase', '=', 'saved')
}

function nameColumns(name: string) {
	return { name: storable(name), name_search: foldForSearch(name) }
}

function changedAt(at: Date) {
	return { updated_at: at.getTime(), row_version: sql<number>`row_version + 1` }
}
