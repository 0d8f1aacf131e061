import { useComputedColorScheme } from '@mantine/core'
import type { Language } from '@postern/vocabulary'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import UPlot from 'uplot'
// oxlint-disable-next-line import/no-unassigned-import -- styles
import 'uplot/dist/uPlot.min.css'
import { useLanguage } from '../../../texts/use-language.ts'
import { barsOf, type UsageDay } from './bars.ts'
import { readColors, type Colors } from './read-colors.ts'
import classes from './usage.module.css'

const HEIGHT_PX = 190

export type UsageChartProps = { readonly days: readonly UsageDay[] }

/** A bar for each day; the table below has the numbers. Its colors are those of the page: it is drawn anew when they change. */
export function UsageChart({ days }: UsageChartProps) {
	const language = useLanguage()
	const scheme = useComputedColorScheme('light')
	return <Drawn key={scheme} days={days} language={language} />
}

function Drawn({ days, language }: UsageChartProps & { readonly language: Language }) {
	const { t } = useTranslation('passwords')
	const place = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const box = place.current
		if (!box) return
		const dayName = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
		const nameOf = (index: number) => {
			const day = days[index]?.day
			return day === undefined ? '' : dayName.format(new Date(day))
		}
		const numbers = new Intl.NumberFormat(language, { notation: 'compact' })
		const options = optionsOf({ colors: readColors(box), nameOf, numbers, count: days.length, width: box.clientWidth })
		const bars = barsOf(days).map((heights) => [...heights])
		const chart = new UPlot(options, [days.map((_, index) => index), ...bars], box)
		const observer = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: HEIGHT_PX }))
		observer.observe(box)
		return () => {
			observer.disconnect()
			chart.destroy()
		}
	}, [days, language])
	return <div ref={place} role="img" aria-label={t('usage.chart')} className={classes.chart} />
}

type Drawing = {
	readonly colors: Colors
	readonly nameOf: (index: number) => string
	readonly numbers: Intl.NumberFormat
	readonly count: number
	readonly width: number
}

function optionsOf({ colors, nameOf, numbers, count, width }: Drawing): UPlot.Options {
	const bars = UPlot.paths.bars?.({ size: [0.72, 44, 1], radius: 0.15 })
	const axis = { stroke: colors.text, font: `12px ${colors.font}`, ticks: { show: false } }
	return {
		width,
		height: HEIGHT_PX,
		legend: { show: false },
		cursor: { show: false },
		scales: {
			x: { time: false, range: [-0.6, count - 0.4] },
			y: { range: (_, __, most) => [0, Math.max(most, 4) * 1.05] },
		},
		series: [
			{},
			...colors.series.map((color) => ({
				fill: color,
				width: 0,
				points: { show: false },
				...(bars && { paths: bars }),
			})),
		],
		axes: [
			{
				...axis,
				grid: { show: false },
				size: 28,
				incrs: [1, 2, 5, 7, 14, 30],
				space: 56,
				values: (_, splits) => splits.map(nameOf),
			},
			{
				...axis,
				grid: { stroke: colors.line, width: 1 },
				incrs: [1, 2, 5]
					.flatMap((step) => [0, 1, 2, 3, 4, 5, 6, 7].map((power) => step * 10 ** power))
					.toSorted((a, b) => a - b),
				space: 36,
				size: 52,
				values: (_, splits) => splits.map((split) => numbers.format(split)),
			},
		],
	}
}
