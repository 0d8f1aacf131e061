import { useComputedColorScheme } from '@mantine/core'
import type { Language } from '@postern/vocabulary'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import UPlot from 'uplot'
// oxlint-disable-next-line import/no-unassigned-import -- styles
import 'uplot/dist/uPlot.min.css'
import { useLanguage } from '../../../texts/use-language.ts'
import { readColor } from '../../application-passwords/usage/read-colors.ts'
import classes from './health.module.css'
import { type Check, pointsOf } from './health-summary.ts'

const HEIGHT_PX = 150
const DAY_SECONDS = 86_400

type HealthChartProps = { readonly checks: readonly Check[] }

/** How long each answer took, and where there was none; the table below has the numbers. Drawn anew when colors change. */
export function HealthChart({ checks }: HealthChartProps) {
	const language = useLanguage()
	const scheme = useComputedColorScheme('light')
	return <Drawn key={scheme} checks={checks} language={language} />
}

function Drawn({ checks, language }: HealthChartProps & { readonly language: Language }) {
	const { t } = useTranslation('connectors')
	const place = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const box = place.current
		if (!box) return
		const chart = new UPlot(optionsOf(box, language), pointsOf(checks), box)
		const observer = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: HEIGHT_PX }))
		observer.observe(box)
		return () => {
			observer.disconnect()
			chart.destroy()
		}
	}, [checks, language])
	return <div ref={place} role="img" aria-label={t('health.chart')} className={classes.chart} />
}

function optionsOf(box: HTMLElement, language: Language): UPlot.Options {
	const days = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' })
	const times = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })
	const numbers = new Intl.NumberFormat(language, { notation: 'compact' })
	const font = `12px ${getComputedStyle(box).fontFamily}`
	const axis = { stroke: readColor('--ink-dimmed', box), font, ticks: { show: false } }
	const [good, bad] = [readColor('--good', box), readColor('--bad', box)]
	return {
		width: box.clientWidth,
		height: HEIGHT_PX,
		legend: { show: false },
		cursor: { show: false },
		scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(most, 100) * 1.1] } },
		series: [
			{},
			{ stroke: good, width: 2, spanGaps: false, points: { show: true, size: 6, fill: good, stroke: good } },
			{ stroke: bad, width: 0, points: { show: true, size: 10, fill: bad, stroke: bad } },
		],
		axes: [
			{
				...axis,
				grid: { show: false },
				size: 28,
				space: 64,
				values: (_, splits, _axis, _space, stepSeconds) =>
					splits.map((seconds) => (stepSeconds < DAY_SECONDS ? times : days).format(new Date(seconds * 1_000))),
			},
			{
				...axis,
				grid: { stroke: readColor('--line', box), width: 1 },
				space: 36,
				size: 60,
				values: (_, splits) => splits.map((split) => `${numbers.format(split)} ms`),
			},
		],
	}
}
