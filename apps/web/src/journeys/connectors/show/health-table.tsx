import type { ProblemParams } from '@postern/vocabulary'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { ChartTable } from '../../../ui/chart/chart-table.tsx'
import { dateAndTime } from '../../../ui/format-time.ts'
import { problemTitle } from '../../../ui/problem-title.ts'
import { StateBadge } from '../../../ui/state-badge.tsx'
import { useDuration } from '../use-duration.ts'
import classes from './health.module.css'
import type { Check } from './health-summary.ts'

type HealthTableProps = {
	readonly checks: readonly Check[]
	/** Whose checks they are, for the sentences of what was found. */
	readonly of: ProblemParams
}

/** The same as the chart to read, the newest check first. */
export function HealthTable({ checks, of }: HealthTableProps) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const duration = useDuration()
	return (
		<ChartTable
			summary={t('health.table')}
			caption={t('health.title')}
			columns={[{ label: t('health.at') }, { label: t('health.found') }, { label: t('health.took') }]}
		>
			{checks.toReversed().map(({ at, state, code, latencyMs }) => (
				<tr key={at}>
					<th scope="row">{dateAndTime(at, language)}</th>
					<td>
						<StateBadge state={state} />
						{code !== null && <span className={classes.why}>{problemTitle(code, of, language)}</span>}
					</td>
					<td>{latencyMs === null ? '–' : duration(latencyMs)}</td>
				</tr>
			))}
		</ChartTable>
	)
}
