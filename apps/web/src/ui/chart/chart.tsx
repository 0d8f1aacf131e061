import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
// oxlint-disable-next-line import/no-unassigned-import -- styles
import 'uplot/dist/uPlot.min.css'
import classes from './chart.module.css'
import { readColor } from './read-color.ts'

/** What a chart is drawn with, in the colors of the page as they are now. */
export type Pens = {
	readonly color: (name: `--${string}`) => string
	/** Along the bottom, without lines of its own. */
	readonly below: UPlot.Axis
	/** At the side, with a line through the chart at each step. */
	readonly beside: UPlot.Axis
}

export type Drawing = Pick<UPlot.Options, 'scales' | 'series' | 'axes'> & { readonly data: UPlot.AlignedData }

type ChartProps = {
	/** What it shows, for whoever does not see it; the numbers stand in a table below. */
	readonly label: string
	readonly heightPx: number
	/** The same function as long as it draws the same. */
	readonly draw: (pens: Pens) => Drawing
}

/** A chart as wide as its place. It is drawn anew when the colors of the page change. */
export function Chart(props: ChartProps) {
	const scheme = useComputedColorScheme('light')
	return <Drawn key={scheme} {...props} />
}

function Drawn({ label, heightPx, draw }: ChartProps) {
	const place = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const box = place.current
		if (!box) return
		const { data, ...drawing } = draw(pensOf(box))
		const size = () => ({ width: box.clientWidth, height: heightPx })
		const chart = new UPlot({ ...size(), legend: { show: false }, cursor: { show: false }, ...drawing }, data, box)
		const observer = new ResizeObserver(() => chart.setSize(size()))
		observer.observe(box)
		return () => {
			observer.disconnect()
			chart.destroy()
		}
	}, [draw, heightPx])
	return <div ref={place} role="img" aria-label={label} className={classes.chart} style={{ height: heightPx }} />
}

function pensOf(box: HTMLElement): Pens {
	const color = (name: string) => readColor(name, box)
	const font = `12px ${getComputedStyle(box).fontFamily}`
	const axis = { stroke: color('--ink-dimmed'), font, ticks: { show: false } }
	return {
		color,
		below: { ...axis, grid: { show: false }, size: 28 },
		beside: { ...axis, grid: { stroke: color('--line'), width: 1 }, space: 36 },
	}
}
