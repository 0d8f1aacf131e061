import type { ConnectorDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { useLanguage } from '../../../texts/use-language.ts'
import { Section } from '../../../ui/page.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { connectorHistoryQuery } from '../connector-queries.ts'
import { HealthTable } from './health-table.tsx'
import classes from './health.module.css'
import { healthHeightPx, summaryOf } from './health-summary.ts'
import show from './show.module.css'

const LateChart = lazy(async () => ({ default: (await import('./health-chart.tsx')).HealthChart }))

/** A line needs two points. */
const fewest = 2

/** What the checks of the last month found: to see, and as a table to read. */
export function HealthSection({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const numbers = new Intl.NumberFormat(useLanguage())
	const { data: history } = useQuery(connectorHistoryQuery(useWorkspace().id, connector.id))
	if (history === undefined) return null
	const { checks, nextCheckAt, isChecking } = history
	const { count, failed } = summaryOf(checks)
	return (
		<Section title={t('health.title')}>
			<p className={show.quiet}>
				{nextCheckAt !== null && (
					<>
						{t('health.next')}: <RelativeTime at={nextCheckAt} />
					</>
				)}
				{nextCheckAt === null && t(isChecking ? 'health.checking' : restsWhy(connector))}
			</p>
			{count === 0 && <p>{t('health.none')}</p>}
			{count > 0 && (
				<p className={classes.summary}>
					{t('health.summary', { count, checks: numbers.format(count), failed: numbers.format(failed) })}
				</p>
			)}
			{count >= fewest && (
				<Suspense fallback={<div style={{ height: healthHeightPx }} />}>
					<LateChart checks={checks} />
				</Suspense>
			)}
			{count > 0 && (
				<HealthTable checks={checks} of={{ host: connector.site.host, username: connector.account.username }} />
			)}
		</Section>
	)
}

function restsWhy({ state }: ConnectorDocument): 'health.paused' | 'health.rests' {
	return state === 'paused' ? 'health.paused' : 'health.rests'
}
