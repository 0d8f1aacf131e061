import { fail, ok, type Result } from '@postern/vocabulary'
import { sql } from 'kysely'
import type { StoreHandle } from '../handle.ts'
import type { Connector, ConnectorFilter, ConnectorPage, ConnectorQuery, MatchingConnector } from './connector.ts'
import { type ConnectorCursor, parseCursor, writeCursor } from './connector-cursor.ts'
import { matching } from './connector-filter.ts'
import { naturalOrder, sortKeys } from './connector-order.ts'
import { foldForSearch } from '../storable.ts'
import { connectorColumns, readConnector } from './connector-row.ts'

/** Fails with `request/type-error` for a cursor that is none of this order. */
export async function readConnectorPage(handle: StoreHandle, query: ConnectorQuery): Promise<Result<ConnectorPage>> {
	const cursor = query.cursor === undefined ? undefined : parseCursor(sortingOf(query), query.cursor)
	if (query.cursor !== undefined && cursor === undefined) {
		return fail('request/type-error', { params: { field: 'cursor' } })
	}
	const part = await readPart(handle, query, cursor)
	const total = await countMatching(handle, query)
	const nextCursor = part.last === undefined ? null : writeCursor(sortingOf(query), part.last)
	return ok({ connectors: part.connectors, total, nextCursor })
}

/** A tag alone is counted where the tags are. */
async function countMatching(handle: StoreHandle, query: ConnectorQuery): Promise<number> {
	const { search = '', state, type, tag, owner, within = 'all', workspaceId } = query
	const isTagAlone =
		tag !== undefined &&
		(state ?? type ?? owner) === undefined &&
		within === 'all' &&
		foldForSearch(search).trim() === ''
	const counted = isTagAlone
		? handle.db
				.selectFrom('connector_tag')
				.where('workspace_id', '=', workspaceId)
				.where('tag_key', '=', foldForSearch(tag))
				.select(({ fn }) => fn.countAll<number>().as('total'))
		: matching(handle, query).select(({ fn }) => fn.countAll<number>().as('total'))
	const { total } = await counted.executeTakeFirstOrThrow()
	return total
}

/** How many rows an export reads at once. */
const batchSize = 500

/** All that match, by name, batch by batch. */
export async function* exportConnectors(
	handle: StoreHandle,
	filter: ConnectorFilter,
): AsyncGenerator<readonly Connector[], void> {
	let after: ConnectorCursor | undefined
	do {
		const part = await readPart(handle, { ...filter, sort: 'name', limit: batchSize }, after)
		if (part.connectors.length > 0) yield part.connectors
		after = part.last
	} while (after !== undefined)
}

/** All that match, by name: no more of each than tells which it is. */
export async function readMatching(
	handle: StoreHandle,
	filter: ConnectorFilter,
): Promise<readonly MatchingConnector[]> {
	const ids = matching(handle, filter).select('id')
	const rows = handle.db.selectFrom('connector').select(['id', 'name', 'host']).where('id', 'in', ids)
	return rows.orderBy('name_search').orderBy('id').execute()
}

type Part = {
	readonly connectors: readonly Connector[]
	/** Where to go on; undefined at the end. */
	readonly last: ConnectorCursor | undefined
}

/** Asks for one row more, to know whether there is a next page. The ids come from the index alone, then their rows. */
async function readPart(
	handle: StoreHandle,
	query: ConnectorQuery,
	cursor: ConnectorCursor | undefined,
): Promise<Part> {
	const { sort, order } = sortingOf(query)
	const ids = ordered(handle, query, cursor)
		.select('id')
		.limit(query.limit + 1)
	let rows = handle.db
		.selectFrom('connector')
		.select(connectorColumns)
		.select((build) => sortKeys(build, sort).map((key, index) => sql<string | number>`${key}`.as(`key_${index}`)))
		.where('id', 'in', ids)
	for (const index of sortedBy(sort)) rows = rows.orderBy(sql.ref(`key_${index}`), order)
	const found = await rows.execute()
	const shown = found.slice(0, query.limit)
	const row = found.length > query.limit ? shown.at(-1) : undefined
	return { connectors: shown.map(readConnector), last: row && sortedBy(sort).map((index) => keyOf(row, index)) }
}

function ordered(handle: StoreHandle, query: ConnectorQuery, cursor: ConnectorCursor | undefined) {
	const { sort, order } = sortingOf(query)
	let matches = matching(handle, query)
	if (cursor !== undefined)
		matches = matches.where((build) => {
			const follows = sql.raw(order === 'asc' ? '>' : '<')
			return sql<boolean>`(${sql.join(sortKeys(build, sort))}) ${follows} (${sql.join(cursor)})`
		})
	for (const index of sortedBy(sort))
		matches = matches.orderBy((build) => sortKeys(build, sort)[index] ?? build.ref('id'), order)
	return matches
}

function sortingOf({ sort, order = naturalOrder[sort] }: ConnectorQuery) {
	return { sort, order }
}

/** The places of the sort keys. */
function sortedBy(sort: ConnectorQuery['sort']): readonly number[] {
	return sort === 'state' ? [0, 1, 2] : [0, 1]
}

function keyOf(row: object, index: number): string | number {
	const value: unknown = Reflect.get(row, `key_${index}`)
	if (typeof value !== 'string' && typeof value !== 'number') throw new Error('a sort key is neither text nor number')
	return value
}
