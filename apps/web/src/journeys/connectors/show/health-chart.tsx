import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../texts/use-language.ts'
import { Chart, type Drawing, type Pens } from '../../../ui/chart/chart.tsx'
import { type Check, healthHeightPx, pointsOf } from './health-summary.ts'

const DAY_SECONDS = 86_400

/** How long each answer took, and where there was none; the table below has the numbers. */
export function HealthChart({ checks }: { readonly checks: readonly Check[] }) {
	const { t } = useTranslation('connectors')
	const language = useLanguage()
	const draw = useCallback(
		({ color, below, beside }: Pens): Drawing => {
			const days = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' })
			const times = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })
			const numbers = new Intl.NumberFormat(language)
			const [good, bad] = [color('--good'), color('--bad')]
			return {
				data: pointsOf(checks),
				scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(most, 100) * 1.1] } },
				series: [
					{},
					{ stroke: good, width: 2, spanGaps: false, points: { show: true, size: 6, fill: good, stroke: good } },
					{ stroke: bad, width: 0, points: { show: true, size: 10, fill: bad, stroke: bad } },
				],
				axes: [
					{
						...below,
						space: 64,
						values: (_, splits, _axis, _space, stepSeconds) =>
							splits
								.map((seconds) => (stepSeconds < DAY_SECONDS ? times : days).format(new Date(seconds * 1_000)))
								.map((label, index, all) => (label === all[index - 1] ? '' : label)),
					},
					{ ...beside, size: 60, values: (_, splits) => splits.map((split) => `${numbers.format(split)} ms`) },
				],
			}
		},
		[checks, language],
	)
	return <Chart label={t('health.chart')} heightPx={healthHeightPx} draw={draw} />
}
