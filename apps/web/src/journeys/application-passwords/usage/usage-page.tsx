import { Progress } from '@mantine/core'
import type { PasswordUsageDocument } from '@postern/api/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { BackLink } from '../../../ui/back-link.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Page, Section } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { TextLink } from '../../../ui/router-links.tsx'
import { Badge } from '../../../ui/state-badge.tsx'
import { ActivityDays } from '../../activity/activity-days.tsx'
import { usageQuery } from '../passwords-queries.ts'
import { PASSWORDS_SECTION } from '../passwords-section-id.ts'
import { UsageSection } from './usage-section.tsx'
import classes from './usage.module.css'

const route = getRouteApi('/shell/application-passwords/$uuid')

/** What one application password was used for: how much, where, and what lately. */
export function UsagePage() {
	const { t } = useTranslation('passwords')
	const { id: workspaceId } = useWorkspace()
	const { uuid } = route.useParams()
	const { days: period = 30 } = route.useSearch()
	const navigate = route.useNavigate()
	const usage = useQuery({ ...usageQuery(workspaceId, uuid, period), placeholderData: keepPreviousData })
	if (!usage.data)
		return (
			<Page key="none" title={t('usage.action')}>
				{usage.error ? (
					<ProblemCard problem={usage.error.problem} onTryAgain={() => void usage.refetch()} />
				) : (
					<Loading />
				)}
			</Page>
		)
	const { name, owner } = usage.data.password
	return (
		<Page
			key={uuid}
			title={name}
			documentTitle={t('usage.tab', { name })}
			before={
				<BackLink to="/users/$memberId" params={{ memberId: owner.memberId }} hash={PASSWORDS_SECTION}>
					{t('usage.back', { name: owner.username })}
				</BackLink>
			}
			description={t('usage.description', { name: owner.username })}
		>
			<UsageSection
				usage={usage.data}
				period={period}
				onPeriod={(days) => void navigate({ search: { days }, replace: true, resetScroll: false })}
			/>
			<div className={classes.pair}>
				<Connectors usage={usage.data} />
				<WritesToday usage={usage.data} />
			</div>
			<Recent usage={usage.data} />
		</Page>
	)
}

type UsageProps = { readonly usage: PasswordUsageDocument }

function Connectors({ usage: { connectors, password } }: UsageProps) {
	const { t } = useTranslation('passwords')
	return (
		<Section title={t('usage.connectors')}>
			{connectors.length === 0 && <p className={classes.quiet}>{t('usage.noConnectors')}</p>}
			<ul className={classes.rows}>
				{connectors.map(({ id, name, count }) => (
					<li key={id}>
						<TextLink to="/connectors/$connectorId" params={{ connectorId: id }}>
							{name}
						</TextLink>
						<TextLink
							to="/activity"
							search={{ password: password.uuid, connector: id }}
							className={classes.count ?? ''}
						>
							{t('usage.count', { count })}
						</TextLink>
					</li>
				))}
			</ul>
		</Section>
	)
}

function WritesToday({ usage: { writesToday, writesPerDay } }: UsageProps) {
	const { t } = useTranslation('passwords')
	const numbers = new Intl.NumberFormat(useLanguage())
	const count = numbers.format(writesToday)
	return (
		<Section title={t('usage.today')}>
			{writesPerDay === null ? (
				<p className={classes.today}>{t('usage.todayFree', { count })}</p>
			) : (
				<>
					<p className={classes.today}>{t('usage.todayOf', { count, most: numbers.format(writesPerDay) })}</p>
					<Progress
						value={Math.min(100, (100 * writesToday) / writesPerDay)}
						aria-label={t('usage.today')}
						color={writesToday >= writesPerDay ? 'danger.6' : 'lamplight.5'}
					/>
					{writesToday >= writesPerDay && (
						<p className={classes.today}>
							<Badge icon="warning" tone="bad">
								{t('usage.todayUsedUp')}
							</Badge>
						</p>
					)}
				</>
			)}
			<p className={classes.quiet}>{t('usage.todayHint')}</p>
		</Section>
	)
}

function Recent({ usage: { recent, password } }: UsageProps) {
	const { t } = useTranslation('passwords')
	return (
		<Section
			title={t('usage.recent')}
			actions={
				<TextLink to="/activity" search={{ password: password.uuid }}>
					{t('usage.all')}
				</TextLink>
			}
		>
			{recent.length === 0 ? (
				<p className={classes.quiet}>{t('usage.noRecent')}</p>
			) : (
				<ActivityDays entries={recent} isInSection />
			)}
		</Section>
	)
}
