import { contract } from '@postern/api/contract'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'
import { queryOf, type ActivityFilter } from './activity-filter.ts'

const PAGE_SIZE = '50'

/** What happened, newest first, a page at a time. */
export function activityQuery(workspaceId: string, filter: ActivityFilter) {
	const query = queryOf(filter)
	return infiniteQueryOptions({
		queryKey: ['workspace', workspaceId, 'activity', query],
		initialPageParam: '',
		queryFn: ({ pageParam, signal }) =>
			askApi(contract.listActivity, { workspaceId, query: { ...query, cursor: pageParam, limit: PAGE_SIZE } }, signal),
		getNextPageParam: (page) => page.nextCursor,
	})
}
