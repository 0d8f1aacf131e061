import type { ConnectorDocument } from '@postern/api/contract'
import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useWorkspace } from '../../../api/session.ts'
import { connectorQuery, connectorsQuery } from '../../connectors/connector-queries.ts'
import type { GrantDraft } from './grant-draft.ts'

/** The connectors that a password will be for, as far as they are loaded; of all of them those on the first page. */
export function useChosenConnectors(
	draft: Pick<GrantDraft, 'connectors' | 'connectorIds'>,
): readonly ConnectorDocument[] {
	const { id } = useWorkspace()
	const isAll = draft.connectors === 'all'
	const all = useInfiniteQuery({ ...connectorsQuery(id, { search: '', state: undefined }), enabled: isAll })
	const some = useQueries({
		queries: (isAll ? [] : draft.connectorIds).map((connectorId) => connectorQuery(id, connectorId)),
	})
	if (isAll) return all.data?.pages.flatMap((page) => page.connectors) ?? []
	return some.flatMap(({ data }) => data ?? [])
}
