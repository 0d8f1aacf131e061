import { hasRole } from '@postern/vocabulary'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { PrimaryLink } from '../../ui/router-links.tsx'
import { connectorQuery, connectorsQuery, type ListFilter } from './connector-queries.ts'
import { ConnectorTable } from './list/connector-table.tsx'
import { DraftsNotice } from './list/drafts-notice.tsx'
import { ListFilters } from './list/list-filters.tsx'
import classes from './list/list.module.css'
import { NoConnectors, NoneFound } from './list/no-connectors.tsx'
import { placeNew } from './list/place-new.ts'

const route = getRouteApi('/shell/connectors')

export function ConnectorListPage() {
	const { t } = useTranslation('connectors')
	const { role } = useWorkspace()
	const isEditor = hasRole(role, 'editor')
	return (
		<Page
			title={t('title')}
			actions={
				isEditor ? (
					<PrimaryLink to="/connectors/new">{t('create')}</PrimaryLink>
				) : (
					<span className={classes.why}>{t('createNeedsEditor')}</span>
				)
			}
		>
			{isEditor && <DraftsNotice />}
			<Connectors />
		</Page>
	)
}

function Connectors() {
	const { search = '', state } = route.useSearch()
	const navigate = route.useNavigate()
	const filter = { search, state }
	const list = useList(filter)
	const change = (next: ListFilter) =>
		void navigate({
			search: {
				...(next.search === '' ? {} : { search: next.search }),
				...(next.state === undefined ? {} : { state: next.state }),
			},
			replace: true,
			resetScroll: false,
		})
	if (list.error) return <ProblemCard problem={list.error.problem} onTryAgain={list.tryAgain} />
	if (!list.isLoaded) return <Loading />
	const isFiltered = search !== '' || state !== undefined
	if (list.connectors.length === 0 && !isFiltered) return <NoConnectors />
	return (
		<>
			<ListFilters filter={filter} onChange={change} />
			<Count total={list.total} isFiltered={isFiltered} />
			{list.connectors.length === 0 ? (
				<NoneFound onShowAll={() => change({ search: '', state: undefined })} />
			) : (
				<ConnectorTable {...list} />
			)}
			{list.isLoadingMore && <LoadingMore />}
		</>
	)
}

function Count({ total, isFiltered }: { readonly total: number; readonly isFiltered: boolean }) {
	const { t } = useTranslation('connectors')
	return (
		<p className={classes.count} role="status">
			{t(isFiltered ? 'countFound' : 'count', { count: total })}
		</p>
	)
}

function LoadingMore() {
	const { t } = useTranslation('connectors')
	return <Loading>{t('loadingMore')}</Loading>
}

/** The loaded part of the list; the connector that was just saved is always in it. */
function useList(filter: ListFilter) {
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
