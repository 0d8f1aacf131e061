import { SegmentedControl } from '@mantine/core'
import type { PasswordUsageDocument } from '@postern/api/contract'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/page.tsx'
import { ButtonLink } from '../../../ui/router-links.tsx'
import { totalOf, type Series, usageHeightPx } from './bars.ts'
import { periods, type Period } from './usage-search.ts'
import { UsageTable } from './usage-table.tsx'
import classes from './usage.module.css'

const LateChart = lazy(async () => ({ default: (await import('./usage-chart.tsx')).UsageChart }))

type UsageSectionProps = {
	readonly usage: PasswordUsageDocument
	readonly period: Period
	readonly onPeriod: (period: Period) => void
}

/** How often it was used, day by day: to see, and as a table to read. */
export function UsageSection({ usage: { days }, period, onPeriod }: UsageSectionProps) {
	const { t } = useTranslation('passwords')
	const numbers = new Intl.NumberFormat(useLanguage())
	const { permitted, refused, writes } = totalOf(days)
	const summary = t('usage.summary', {
		days: days.length,
		permitted: numbers.format(permitted),
		refused: numbers.format(refused),
		writes: numbers.format(writes),
	})
	return (
		<Section
			title={t('usage.requests')}
			actions={
				<SegmentedControl
					aria-label={t('usage.period')}
					data={periods.map((length) => ({ value: String(length), label: t(`usage.days.${length}`) }))}
					value={String(period)}
					onChange={(value) => onPeriod(periods.find((known) => String(known) === value) ?? period)}
				/>
			}
		>
			{permitted + refused === 0 ? (
				<EmptyState
					icon="chart"
					title={t('usage.unused.title')}
					action={<ButtonLink to="/connectors">{t('usage.unused.action')}</ButtonLink>}
				>
					{t('usage.unused.body')}
				</EmptyState>
			) : (
				<>
					<p role="status" className={classes.summary}>
						{summary}
					</p>
					<Suspense fallback={<div style={{ height: usageHeightPx }} />}>
						<LateChart days={days} />
					</Suspense>
					<Legend />
					<UsageTable days={days} />
				</>
			)}
		</Section>
	)
}

const inLegend: readonly Series[] = ['permitted', 'writes', 'refused']

function Legend() {
	const { t } = useTranslation('passwords')
	return (
		<ul className={classes.legend} aria-hidden="true">
			{inLegend.map((name) => (
				<li key={name} data-series={name}>
					{t(`usage.${name}`)}
				</li>
			))}
		</ul>
	)
}
