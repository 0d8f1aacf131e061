import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { speak } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { ButtonLink } from '../../ui/router-links.tsx'
import { ActivityDays } from './activity-days.tsx'
import { isFiltered, queryOf, type ActivityFilter } from './activity-filter.ts'
import { ActivityFilters } from './activity-filters.tsx'
import { activityQuery } from './activity-query.ts'
import { ExportMenu } from './export-menu.tsx'

const route = getRouteApi('/shell/activity')

/** What happened: sign-ins, changes, and every request of an application to a site. */
export function ActivityPage() {
	const { t } = useTranslation('activity')
	const { t: shell } = useTranslation('shell')
	const workspace = useWorkspace()
	const filter = route.useSearch()
	const navigate = route.useNavigate()
	const activity = useInfiniteQuery({ ...activityQuery(workspace.id, filter), placeholderData: keepPreviousData })
	const entries = activity.data?.pages.flatMap((page) => page.entries) ?? []
	const change = (next: ActivityFilter) => void navigate({ search: queryOf(next), replace: true, resetScroll: false })
	const showOlder = async () => {
		const { isError } = await activity.fetchNextPage()
		if (!isError) speak(t('olderShown'))
	}
	return (
		<Page
			title={t('title')}
			width="reading"
			description={t('description', { workspace: workspace.name })}
			actions={<ExportMenu filter={filter} />}
		>
			<ActivityFilters filter={filter} entries={entries} onChange={change} />
			<p role="status" className="visually-hidden">
				{activity.isSuccess &&
					!activity.isPlaceholderData &&
					t('listed', { count: activity.data.pages[0]?.entries.length ?? 0 })}
			</p>
			{activity.isPending && <Loading />}
			{entries.length > 0 && <ActivityDays entries={entries} />}
			{activity.isSuccess && entries.length === 0 && <Nothing filter={filter} onShowAll={() => change({})} />}
			{activity.error && <ProblemCard problem={activity.error.problem} onTryAgain={() => void activity.refetch()} />}
			{activity.hasNextPage && (
				<ActionButton isBusy={activity.isFetchingNextPage} onClick={() => void showOlder()}>
					{shell('olderEntries')}
				</ActionButton>
			)}
		</Page>
	)
}

function Nothing({ filter, onShowAll }: { readonly filter: ActivityFilter; readonly onShowAll: () => void }) {
	const { t } = useTranslation('activity')
	if (!isFiltered(filter))
		return (
			<EmptyState icon="activity" title={t('empty')}>
				{t('emptyBody')}
			</EmptyState>
		)
	if (filter.kind === 'requests' && Object.keys(queryOf(filter)).length === 1)
		return (
			<EmptyState
				icon="connectors"
				title={t('noRequests.title')}
				action={<ButtonLink to="/connectors">{t('noRequests.action')}</ButtonLink>}
			>
				{t('noRequests.body')}
			</EmptyState>
		)
	return (
		<EmptyState
			icon="search"
			title={t('noneFound.title')}
			action={<ActionButton onClick={onShowAll}>{t('noneFound.action')}</ActionButton>}
		>
			{t('noneFound.body')}
		</EmptyState>
	)
}
