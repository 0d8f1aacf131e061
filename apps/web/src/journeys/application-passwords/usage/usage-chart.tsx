import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import UPlot from 'uplot'
import { useLanguage } from '../../../texts/use-language.ts'
import { Chart, type Drawing, type Pens } from '../../../ui/chart/chart.tsx'
import { barsOf, series, type Series, type UsageDay, usageHeightPx } from './bars.ts'

const colors = { refused: '--bad', permitted: '--good', writes: '--busy' } as const satisfies Record<Series, string>

const steps = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power))

/** A bar for each day; the table below has the numbers. */
export function UsageChart({ days }: { readonly days: readonly UsageDay[] }) {
	const { t } = useTranslation('passwords')
	const language = useLanguage()
	const draw = useCallback(
		({ color, below, beside }: Pens): Drawing => {
			const dayName = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
			const nameOf = (index: number) => {
				const day = days[index]?.day
				return day === undefined ? '' : dayName.format(new Date(day))
			}
			const numbers = new Intl.NumberFormat(language, { notation: 'compact' })
			const paths = UPlot.paths.bars?.({ size: [0.72, 44, 1], radius: 0.15 })
			const bar = { width: 0, points: { show: false }, ...(paths && { paths }) }
			return {
				data: [days.map((_, index) => index), ...barsOf(days).map((heights) => [...heights])],
				scales: {
					x: { time: false, range: [-0.6, days.length - 0.4] },
					y: { range: (_, __, most) => [0, Math.max(most, 4) * 1.05] },
				},
				series: [{}, ...series.map((name) => ({ ...bar, fill: color(colors[name]) }))],
				axes: [
					{ ...below, incrs: [1, 2, 5, 7, 14, 30], space: 56, values: (_, splits) => splits.map(nameOf) },
					{ ...beside, incrs: steps, size: 52, values: (_, splits) => splits.map((split) => numbers.format(split)) },
				],
			}
		},
		[days, language],
	)
	return <Chart label={t('usage.chart')} heightPx={usageHeightPx} draw={draw} />
}
