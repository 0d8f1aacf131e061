import { contract, type ConnectorDocument, type InputOf } from '@postern/api/contract'
import type { ConnectorState } from '@postern/vocabulary'
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { askApi, client, ProblemError } from '../../api/client.ts'
import { sortings, type SortChoice } from './list/sort-choices.ts'
import { isReplacing } from './rotation-on-arrival.ts'

export type ListFilter = {
	readonly search: string
	readonly state: ConnectorState | undefined
	readonly type?: string | undefined
	readonly tag?: string | undefined
	/** The account that connected it. */
	readonly owner?: string | undefined
	/** By name without it. */
	readonly sort?: SortChoice | undefined
}

type Page = {
	readonly connectors: ConnectorDocument[]
	readonly total: number
	readonly nextCursor: string | null
}

const PAGE_SIZE = 100
/** A check by the clock is over in a moment. */
const whileCheckingMs = 3_000

/** The connectors of a workspace, page by page; by name unless told. */
export function connectorsQuery(workspaceId: string, filter: ListFilter) {
	const { sort, ...others } = filter
	const asked = withoutEmpty({ ...matchingOf(others), ...(sort === undefined ? {} : sortings[sort]) })
	return infiniteQueryOptions({
		queryKey: ['connectors', workspaceId, 'list', asked],
		queryFn: ({ pageParam, signal }) => {
			const query = withoutEmpty({ ...asked, cursor: pageParam, limit: String(PAGE_SIZE) })
			return askApi(contract.listConnectors, { workspaceId, query }, signal)
		},
		initialPageParam: '',
		getNextPageParam: (page) => page.nextCursor,
	})
}

/** What is filtered, as the API asks for it. */
export function matchingOf({ search, state, type, tag, owner }: ListFilter) {
	return withoutEmpty({ search, state, type, tag, owner })
}

/** An empty search is no search; the contract has no empty values. */
function withoutEmpty<V extends object>(values: V): { readonly [K in keyof V]?: Exclude<V[K], undefined> } {
	const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
	return Object.fromEntries(given) as { [K in keyof V]?: Exclude<V[K], undefined> } // a part of what it was made of
}

/** The tags in use, and who connected something: what the list can be filtered by. */
export function listChoicesQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['connectors', workspaceId, 'choices'],
		queryFn: async ({ signal }) => {
			const [{ tags }, { owners }] = await Promise.all([
				askApi(contract.listConnectorTags, { workspaceId }, signal),
				askApi(contract.listConnectorOwners, { workspaceId }, signal),
			])
			return { tags, owners }
		},
	})
}

export function connectorQuery(workspaceId: string, connectorId: string) {
	return queryOptions({
		queryKey: ['connectors', workspaceId, 'one', connectorId],
		queryFn: ({ signal }) => askApi(contract.getConnector, { workspaceId, connectorId }, signal),
		refetchInterval: ({ state }) => (state.data && isChanging(state.data) ? whileCheckingMs : false),
	})
}

/** Something is under way that ends by itself; a paused one waits for a person. */
function isChanging(connector: ConnectorDocument): boolean {
	return connector.state === 'checking' || (connector.state !== 'paused' && isReplacing(connector))
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
export function discoverQuery(workspaceId: string, body: InputOf<typeof contract.discoverSite>['body'], count = 0) {
	const { edgePassword: _secret, ...told } = body
	return queryOptions({
		queryKey: ['discover', workspaceId, told, count],
		queryFn: ({ signal }) => askApi(contract.discoverSite, { workspaceId, body }, signal),
		staleTime: 5 * 60_000,
		retry: false,
		refetchOnWindowFocus: false,
		refetchOnReconnect: false,
	})
}

/** What came of the approval that was begun last; null for none. */
export function latestApprovalQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['approvals', workspaceId, 'latest'],
		queryFn: async ({ signal }) => {
			const answer = await client.call(contract.getLatestApproval, { workspaceId }, signal)
			if (answer.ok) return answer.value
			if (answer.problem.code === 'request/not-found') return null
			throw new ProblemError(answer.problem)
		},
		gcTime: 0,
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
		queryClient.invalidateQueries({ queryKey: ['connectors', workspaceId, 'choices'] }),
		queryClient.invalidateQueries({ queryKey: ['dashboard', workspaceId] }),
	])
}
