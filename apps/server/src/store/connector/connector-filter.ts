import type { StoreHandle } from '../handle.ts'
import { foldForSearch, storable } from '../storable.ts'
import type { ConnectorFilter } from './connector.ts'

/** The workspace's saved connectors that are asked for; looks only at what the indexes hold. */
export function matching({ db, dialect }: StoreHandle, filter: ConnectorFilter) {
	const { workspaceId, search, state, type, tag, owner, within = 'all' } = filter
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
