import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useWorkspace } from '../../../api/session.ts'
import { connectorQuery, connectorsQuery, type ListFilter } from '../connector-queries.ts'
import { placeNew } from './place-new.ts'

const route = getRouteApi('/shell/connectors')

/** The loaded part of the list; the connector that was just saved is always in it. */
export function useList(filter: ListFilter) {
	const { id: workspaceId } = useWorkspace()
	const { new: newId = '' } = route.useSearch()
	const query = useInfiniteQuery({ ...connectorsQuery(workspaceId, filter), placeholderData: keepPreviousData })
	const added = useQuery({ ...connectorQuery(workspaceId, newId), enabled: newId !== '' })
	const loaded = query.data?.pages.flatMap((page) => page.connectors) ?? []
	const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
	return {
		connectors: placeNew(loaded, added.data?.phase === 'saved' ? added.data : undefined),
		total: query.data?.pages.at(-1)?.total ?? 0,
		highlighted: newId === '' ? undefined : newId,
		isLoaded: query.isSuccess,
		isLoadingMore: isFetchingNextPage,
		error: query.error,
		tryAgain: () => void query.refetch(),
		onNearEnd: () => void (hasNextPage && !isFetchingNextPage && fetchNextPage()),
	}
}
