import type { Result } from '@postern/vocabulary'
import { type Kysely, sql } from 'kysely'
import { atomically, type StoreHandle } from '../handle.ts'
import { readTexts } from '../json-column.ts'
import type { StoreSchema } from '../schema.ts'
import { foldForSearch, storable } from '../storable.ts'
import type { Connector, ConnectorFilter } from './connector.ts'
import { matching } from './connector-filter.ts'
import { connectorColumns, ownerName, readConnector } from './connector-row.ts'

/** A tag that is in use, as it was first written in the workspace. */
export type TagInUse = { readonly tag: string; readonly count: number }

/** An account that connected something. The name is null when the account is gone. */
export type ConnectorOwner = { readonly id: string; readonly name: string | null; readonly count: number }

export type TagChange = {
	readonly connector: Connector
	readonly added: readonly string[]
	readonly removed: readonly string[]
}

type Scope = Pick<ConnectorFilter, 'workspaceId' | 'within'>

export function tagFunctions(handle: StoreHandle) {
	const { db } = handle
	return {
		/**
		 * Gives a connector the tags that `decide` makes of those it has. Case and width do not tell tags apart; one that is in
		 * use in the workspace keeps its spelling. Fails as `decide` does; undefined where there is no such connector.
		 */
		changeTags(
			workspaceId: string,
			id: string,
			decide: (before: readonly string[]) => Result<readonly string[]>,
		): Promise<Result<TagChange> | undefined> {
			return atomically(handle, async (transaction) => {
				const before = await holdTags(transaction, workspaceId, id)
				if (before === undefined) return undefined
				const decided = decide(before)
				return decided.ok
					? writeTags({ ...handle, db: transaction }, { workspaceId, id, before }, decided.value)
					: decided
			})
		},

		/** Those in use, in order. */
		async listTags({ workspaceId, within = 'all' }: Scope): Promise<readonly TagInUse[]> {
			if (within !== 'all' && within.length === 0) return []
			const rows = await db
				.selectFrom('connector_tag')
				.select(({ fn }) => [fn.min<string>('tag').as('tag'), fn.countAll<number>().as('count')])
				.where('workspace_id', '=', workspaceId)
				.$if(within !== 'all', (query) => query.where('connector_id', 'in', within === 'all' ? [] : within))
				.groupBy('tag_key')
				.orderBy('tag_key')
				.execute()
			return rows
		},

		async listOwners(scope: Scope): Promise<readonly ConnectorOwner[]> {
			const rows = await db
				.selectFrom(
					matching(handle, scope)
						.select(({ fn }) => ['created_by', fn.countAll<number>().as('count')])
						.groupBy('created_by')
						.as('connector'),
				)
				.select(['created_by', 'count', ownerName])
				.orderBy('created_by')
				.execute()
			return rows.map(({ created_by: id, owner_name: name, count }) => ({ id, name, count }))
		},
	}
}

/** Whoever else changes the same tags waits for the end of this transaction. */
async function holdTags(db: Kysely<StoreSchema>, workspaceId: string, id: string) {
	const row = await db
		.updateTable('connector')
		.set({ row_version: sql<number>`row_version + 1` })
		.where('workspace_id', '=', workspaceId)
		.where('phase', '=', 'saved')
		.where('id', '=', id)
		.returning('tags')
		.executeTakeFirst()
	return row && readTexts(row.tags)
}

type Held = { readonly workspaceId: string; readonly id: string; readonly before: readonly string[] }

async function writeTags(
	{ db, now }: StoreHandle,
	{ workspaceId, id, before }: Held,
	decided: readonly string[],
): Promise<Result<TagChange>> {
	const had = byKey(before)
	const wanted = byKey(decided.map(storable))
	const removed = [...had].filter(([key]) => !wanted.has(key))
	const missing = [...wanted].filter(([key]) => !had.has(key))
	const spelled = await spellingsOf(db, workspaceId, missing)
	if (removed.length > 0)
		await db
			.deleteFrom('connector_tag')
			.where('connector_id', '=', id)
			.where(
				'tag_key',
				'in',
				removed.map(([key]) => key),
			)
			.execute()
	const added = missing.map(([key, tag]) => ({ tag_key: key, tag: spelled.get(key) ?? tag }))
	if (added.length > 0)
		await db
			.insertInto('connector_tag')
			.values(added.map((row) => ({ ...row, workspace_id: workspaceId, connector_id: id })))
			.execute()
	const tags = [...wanted.keys()]
		.toSorted((a, b) => (a < b ? -1 : 1))
		.map((key) => had.get(key) ?? spelled.get(key) ?? wanted.get(key) ?? '')
	const row = await db
		.updateTable('connector')
		.set({ tags: JSON.stringify(tags), updated_at: now().getTime() })
		.where('id', '=', id)
		.returning(connectorColumns)
		.executeTakeFirstOrThrow()
	const texts = { added: added.map(({ tag }) => tag), removed: removed.map(([, tag]) => tag) }
	return { ok: true, value: { connector: readConnector(row), ...texts } }
}

/** The first spelling of each. */
function byKey(tags: readonly string[]): ReadonlyMap<string, string> {
	return new Map(tags.toReversed().map((tag) => [foldForSearch(tag), tag]))
}

async function spellingsOf(
	db: Kysely<StoreSchema>,
	workspaceId: string,
	missing: readonly (readonly [string, string])[],
): Promise<ReadonlyMap<string, string>> {
	if (missing.length === 0) return new Map()
	const rows = await db
		.selectFrom('connector_tag')
		.select(({ fn }) => ['tag_key', fn.min<string>('tag').as('tag')])
		.where('workspace_id', '=', workspaceId)
		.where(
			'tag_key',
			'in',
			missing.map(([key]) => key),
		)
		.groupBy('tag_key')
		.execute()
	return new Map(rows.map(({ tag_key: key, tag }) => [key, tag]))
}
