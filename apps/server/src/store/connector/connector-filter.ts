import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { StoreHandle } from '../handle.ts'
import { underWay } from '../job/under-way.ts'
import type { StoreSchema } from '../schema.ts'
import { foldForSearch, storable } from '../storable.ts'
import type { ConnectorFilter } from './connector.ts'

/**
 * The workspace's saved connectors that are asked for: what a filter means is said here alone, for the list, for many at once
 * and for the download. Looks only at what the indexes hold.
 */
export function matching(handle: StoreHandle, filter: ConnectorFilter) {
	const { db, dialect } = handle
	const { workspaceId, search, state, type, tag, owner, within = 'all' } = filter
	const part = foldForSearch(search ?? '').trim()
	return db
		.selectFrom('connector')
		.where('workspace_id', '=', workspaceId)
		.where('phase', '=', 'saved')
		.$if(state !== undefined, (query) => query.where((build) => isIn(state ?? 'paused', build, handle, workspaceId)))
		.$if(type !== undefined, (query) => query.where('type', '=', storable(type ?? '')))
		.$if(owner !== undefined, (query) => query.where('created_by', '=', storable(owner ?? '')))
		.$if(tag !== undefined, (query) =>
			query.where('id', 'in', (column) =>
				column
					.selectFrom('connector_tag')
					.select('connector_id')
					.where('connector_tag.workspace_id', '=', workspaceId)
					.where('tag_key', '=', foldForSearch(tag ?? '')),
			),
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

type Build = ExpressionBuilder<StoreSchema, 'connector'>

/**
 * A paused one is nothing else. *Checking* is what is looked at right now, and what never was; what was found before counts
 * until the look is over, so that a sweep takes nothing out of a list.
 */
function isIn(
	state: NonNullable<ConnectorFilter['state']>,
	{ eb }: Build,
	handle: StoreHandle,
	workspaceId: string,
): Expression<SqlBool> {
	if (state === 'paused') return eb('is_paused', '=', 1)
	const isAsked = eb('state', '=', state)
	const isLookedAt = eb('id', 'in', underWay(handle, 'connector.check', workspaceId))
	return eb.and([eb('is_paused', '=', 0), state === 'checking' ? eb.or([isAsked, isLookedAt]) : isAsked])
}
