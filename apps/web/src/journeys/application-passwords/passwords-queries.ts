import { contract } from '@postern/api/contract'
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'
import type { Period } from './usage/usage-search.ts'

const PAGE_SIZE = '50'

/** All that shows application passwords: one change may concern any of them. */
const everything = (workspaceId: string) => ['workspace', workspaceId, 'application-passwords']

export function passwordsQuery(workspaceId: string, memberId: string) {
	return queryOptions({
		queryKey: [...everything(workspaceId), 'of', memberId],
		queryFn: async ({ signal }) => {
			const answer = await askApi(contract.listApplicationPasswords, { workspaceId, memberId }, signal)
			return answer.applicationPasswords.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
		},
	})
}

/** Those of the whole workspace, a page at a time. */
export function inventoryQuery(workspaceId: string, search: string) {
	return infiniteQueryOptions({
		queryKey: [...everything(workspaceId), 'inventory', search],
		initialPageParam: '',
		queryFn: ({ pageParam, signal }) => {
			const query = {
				limit: PAGE_SIZE,
				...(search === '' ? {} : { search }),
				...(pageParam === '' ? {} : { cursor: pageParam }),
			}
			return askApi(contract.listInventory, { workspaceId, query }, signal)
		},
		getNextPageParam: (page) => page.nextCursor,
	})
}

export function usageQuery(workspaceId: string, uuid: string, days: Period) {
	return queryOptions({
		queryKey: [...everything(workspaceId), 'usage', uuid, days],
		queryFn: ({ signal }) =>
			askApi(contract.getPasswordUsage, { workspaceId, uuid, query: { days: `${days}` } }, signal),
		refetchOnMount: 'always',
	})
}

export function noticesQuery(workspaceId: string) {
	return queryOptions({
		queryKey: [...everything(workspaceId), 'notices'],
		queryFn: async ({ signal }) => (await askApi(contract.listNotices, { workspaceId }, signal)).notices,
		staleTime: 60_000,
	})
}

export function refreshPasswords(queries: QueryClient, workspaceId: string): Promise<void> {
	return queries.invalidateQueries({ queryKey: everything(workspaceId) })
}
