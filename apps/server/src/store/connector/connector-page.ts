import { fail, ok, type Result } from '@postern/vocabulary'
import type { StoreHandle } from '../handle.ts'
import { foldForSearch } from '../storable.ts'
import type { ConnectorPage, ConnectorQuery } from './connector.ts'
import { type ConnectorCursor, parseCursor, writeCursor } from './connector-cursor.ts'
import { connectorColumns, readConnector } from './connector-row.ts'

/** Fails with `request/type-error` for a cursor that is none of this order. */
export async function readConnectorPage(handle: StoreHandle, query: ConnectorQuery): Promise<Result<ConnectorPage>> {
	const cursor = query.cursor === undefined ? undefined : parseCursor(query.sort, query.cursor)
	if (query.cursor !== undefined && cursor === undefined) {
		return fail('request/type-error', { params: { field: 'cursor' } })
	}
	const found = await findRows(handle, query, cursor)
	const rows = found.slice(0, query.limit)
	const isLast = found.length <= query.limit
	const { total } = await matching(handle, query)
		.select(({ fn }) => fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow()
	const connectors = rows.map(readConnector)
	const [row, connector] = [rows.at(-1), connectors.at(-1)]
	const nextCursor =
		isLast || row === undefined || connector === undefined
			? null
			: writeCursor(query.sort, { ...connector, nameSearch: row.name_search })
	return ok({ connectors, total, nextCursor })
}

/** The workspace's saved connectors that are asked for; looks only at what the indexes hold. */
function matching({ db, dialect }: StoreHandle, { workspaceId, search, state, within = 'all' }: ConnectorQuery) {
	const part = foldForSearch(search ?? '').trim()
	return db
		.selectFrom('connector')
		.where('workspace_id', '=', workspaceId)
		.where('phase', '=', 'saved')
		.$if(state !== undefined, (query) =>
			state === 'paused' || state === undefined
				? query.where('is_paused', '=', 1)
				: query.where('is_paused', '=', 0).where('state', '=', state),
		)
		.$if(within !== 'all', (query) =>
			query.where(({ eb, lit }) => (within === 'all' || within.length === 0 ? lit(false) : eb('id', 'in', within))),
		)
		.$if(part !== '', (query) =>
			query.where((column) =>
				column.or([
					dialect.contains(column.ref('name_search'), part),
					dialect.contains(column.ref('host_search'), part),
				]),
			),
		)
}

/** One row more than asked for, to know whether there is a next page. The ids come from the index alone, then their rows. */
function findRows(handle: StoreHandle, query: ConnectorQuery, cursor: ConnectorCursor | undefined) {
	const ids = ordered(matching(handle, query), query.sort, cursor)
		.select('id')
		.limit(query.limit + 1)
	const rows = handle.db
		.selectFrom('connector')
		.select([...connectorColumns, 'name_search'])
		.where('id', 'in', ids)
	return query.sort === 'name'
		? rows.orderBy('name_search').orderBy('id').execute()
		: rows.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
}

function ordered(
	matches: ReturnType<typeof matching>,
	sort: ConnectorQuery['sort'],
	cursor: ConnectorCursor | undefined,
) {
	if (sort === 'name') {
		return matches
			.$if(cursor?.sort === 'name', (query) =>
				query.where(({ eb, refTuple, tuple }) =>
					eb(refTuple('name_search', 'id'), '>', tuple(String(cursor?.after), cursor?.id ?? '')),
				),
			)
			.orderBy('name_search')
			.orderBy('id')
	}
	return matches
		.$if(cursor?.sort === 'created', (query) =>
			query.where(({ eb, refTuple, tuple }) =>
				eb(refTuple('created_at', 'id'), '<', tuple(Number(cursor?.after), cursor?.id ?? '')),
			),
		)
		.orderBy('created_at', 'desc')
		.orderBy('id', 'desc')
}
