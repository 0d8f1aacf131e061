import { contract, type ConnectorDocument } from '@postern/api/contract'
import type { ConnectorState } from '@postern/vocabulary'
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'

export type ListFilter = { readonly search: string; readonly state: ConnectorState | undefined }

type Page = {
	readonly connectors: ConnectorDocument[]
	readonly total: number
	readonly nextCursor: string | null
}

const PAGE_SIZE = 100
/** A check by the clock is over in a moment. */
const whileCheckingMs = 3_000

/** The connectors of a workspace by name, page by page. */
export function connectorsQuery(workspaceId: string, { search, state }: ListFilter) {
	return infiniteQueryOptions({
		queryKey: ['connectors', workspaceId, 'list', { search, state: state ?? '' }],
		queryFn: ({ pageParam, signal }) => {
			const query = { search, state, cursor: pageParam, limit: String(PAGE_SIZE) }
			return askApi(contract.listConnectors, { workspaceId, query: withoutEmpty(query) }, signal)
		},
		initialPageParam: '',
		getNextPageParam: (page) => page.nextCursor,
	})
}

/** An empty search is no search; the contract has no empty values. */
function withoutEmpty(query: { search: string; state: ConnectorState | undefined; cursor: string; limit: string }) {
	return {
		limit: query.limit,
		...(query.search === '' ? {} : { search: query.search }),
		...(query.state === undefined ? {} : { state: query.state }),
		...(query.cursor === '' ? {} : { cursor: query.cursor }),
	}
}

export function connectorQuery(workspaceId: string, connectorId: string) {
	return queryOptions({
		queryKey: ['connectors', workspaceId, 'one', connectorId],
		queryFn: ({ signal }) => askApi(contract.getConnector, { workspaceId, connectorId }, signal),
		refetchInterval: ({ state }) => (state.data?.state === 'checking' ? whileCheckingMs : false),
	})
}

/** What checks found, and when the next one comes. */
export function connectorHistoryQuery(workspaceId: string, connectorId: string) {
	return queryOptions({
		queryKey: ['connectors', workspaceId, 'history', connectorId],
		queryFn: ({ signal }) => askApi(contract.getConnectorHistory, { workspaceId, connectorId, query: {} }, signal),
		refetchInterval: ({ state }) => (state.data?.isChecking === true ? whileCheckingMs : false),
	})
}

/** What I have verified and not saved yet. */
export function draftsQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['connectors', workspaceId, 'drafts'],
		queryFn: async ({ signal }) => (await askApi(contract.listDrafts, { workspaceId }, signal)).connectors,
	})
}

export const connectorTypesQuery = queryOptions({
	queryKey: ['connector-types'],
	queryFn: async ({ signal }) => (await askApi(contract.listConnectorTypes, {}, signal)).types,
	staleTime: Infinity,
})

/** Looks at an address without any secret. What was found counts for a while; a failure is asked again. */
export function discoverQuery(workspaceId: string, type: string, address: string) {
	return queryOptions({
		queryKey: ['discover', workspaceId, type, address],
		queryFn: ({ signal }) => askApi(contract.discoverSite, { workspaceId, body: { type, address } }, signal),
		staleTime: 5 * 60_000,
		retry: false,
		refetchOnWindowFocus: false,
		refetchOnReconnect: false,
	})
}

export function latestPostsQuery(workspaceId: string, connectorId: string) {
	return queryOptions({
		queryKey: ['connectors', workspaceId, 'posts', connectorId],
		queryFn: ({ signal }) => askApi(contract.listLatestPosts, { workspaceId, connectorId }, signal),
		staleTime: 60_000,
		retry: false,
		refetchOnWindowFocus: false,
	})
}

/** Shows what the server says about a connector now, everywhere at once, without asking for the lists again. */
export function keepConnector(queryClient: QueryClient, workspaceId: string, connector: ConnectorDocument): void {
	queryClient.setQueryData(connectorQuery(workspaceId, connector.id).queryKey, connector)
	queryClient.setQueriesData<InfiniteData<Page>>({ queryKey: ['connectors', workspaceId, 'list'] }, (lists) =>
		lists ? { ...lists, pages: lists.pages.map((page) => replaceIn(page, connector)) } : lists,
	)
}

function replaceIn(page: Page, connector: ConnectorDocument): Page {
	if (!page.connectors.some(({ id }) => id === connector.id)) return page
	return { ...page, connectors: page.connectors.map((one) => (one.id === connector.id ? connector : one)) }
}

/** Lists, drafts and the dashboard are asked again; order and totals have changed. */
export async function refreshLists(queryClient: QueryClient, workspaceId: string): Promise<void> {
	await Promise.all([
		queryClient.invalidateQueries({ queryKey: ['connectors', workspaceId, 'list'] }),
		queryClient.invalidateQueries({ queryKey: ['connectors', workspaceId, 'drafts'] }),
		queryClient.invalidateQueries({ queryKey: ['dashboard', workspaceId] }),
	])
}
