import { contract } from '@postern/api/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { askApi } from '../../api/client.ts'
import { useWorkspace } from '../../api/session.ts'
import { speak } from '../../ui/announcer.tsx'
import { ActionButton } from '../../ui/buttons.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { ActivityDays } from './activity-days.tsx'

const PAGE_SIZE = '50'

/** What happened, newest first, a page at a time. */
export function ActivityPage() {
	const { t } = useTranslation('activity')
	const { t: shell } = useTranslation('shell')
	const workspace = useWorkspace()
	const activity = useInfiniteQuery({
		queryKey: ['workspace', workspace.id, 'activity'],
		initialPageParam: '',
		queryFn: ({ pageParam, signal }) =>
			askApi(
				contract.listActivity,
				{ workspaceId: workspace.id, query: { cursor: pageParam, limit: PAGE_SIZE } },
				signal,
			),
		getNextPageParam: (page) => page.nextCursor,
	})
	const entries = activity.data?.pages.flatMap((page) => page.entries)
	const showOlder = async () => {
		const { isError } = await activity.fetchNextPage()
		if (!isError) speak(t('olderShown'))
	}
	return (
		<Page title={t('title')} width="reading" description={t('description', { workspace: workspace.name })}>
			{activity.isPending && <Loading />}
			{entries && entries.length > 0 && <ActivityDays entries={entries} />}
			{entries?.length === 0 && (
				<EmptyState icon="activity" title={t('empty')}>
					{t('emptyBody')}
				</EmptyState>
			)}
			{activity.error && <ProblemCard problem={activity.error.problem} onTryAgain={() => void activity.refetch()} />}
			{activity.hasNextPage && (
				<ActionButton isBusy={activity.isFetchingNextPage} onClick={() => void showOlder()}>
					{shell('olderEntries')}
				</ActionButton>
			)}
		</Page>
	)
}
