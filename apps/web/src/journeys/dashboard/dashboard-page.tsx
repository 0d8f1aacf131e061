import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/session.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ProblemCard } from '../../ui/problem-card.tsx'
import { TextLink } from '../../ui/router-links.tsx'
import { ActivityDays } from '../activity/activity-days.tsx'
import { Notices } from '../application-passwords/notices.tsx'
import { Attention } from './attention.tsx'
import { dashboardQuery, type Dashboard } from './dashboard-query.ts'
import classes from './dashboard.module.css'
import { NextStep } from './next-step.tsx'
import { States } from './states.tsx'

/** The first page: the one next step, what needs attention, what happened lately. */
export function DashboardPage() {
	const { t } = useTranslation('dashboard')
	const { id } = useWorkspace()
	const { data, error, refetch } = useQuery(dashboardQuery(id))
	return (
		<Page title={t('title')}>
			{error && !data && <ProblemCard problem={error.problem} onTryAgain={() => void refetch()} />}
			{!error && !data && <Loading />}
			{data && (
				<>
					<NextStep dashboard={data} />
					<Notices />
					{data.connectorCount > 0 && (
						<div className={classes.pair}>
							<Attention connectors={data.needsAttention} />
							<States dashboard={data} />
						</div>
					)}
					<RecentActivity entries={data.recentActivity} />
				</>
			)}
		</Page>
	)
}

function RecentActivity({ entries }: { readonly entries: Dashboard['recentActivity'] }) {
	const { t } = useTranslation('dashboard')
	return (
		<Section title={t('activity.title')} actions={<TextLink to="/activity">{t('activity.all')}</TextLink>}>
			{entries.length === 0 ? (
				<p className={classes.quiet}>{t('activity.none')}</p>
			) : (
				<ActivityDays entries={entries} isInSection />
			)}
		</Section>
	)
}
