import { series, type Series } from './bars.ts'

export type Colors = {
	readonly text: string
	readonly line: string
	readonly font: string
	/** From the back to the front. */
	readonly series: readonly string[]
}

const names: Readonly<Record<Series, string>> = { refused: '--bad', permitted: '--good', writes: '--busy' }

/** The colors of the page as a canvas takes them: worked out, for light or dark as the page is now. */
export function readColors(within: HTMLElement): Colors {
	return {
		text: readColor('--ink-dimmed', within),
		line: readColor('--line', within),
		font: getComputedStyle(within).fontFamily,
		series: series.map((name) => readColor(names[name], within)),
	}
}

/** A color of the page. Each from an element of its own: one that changes its color may take a moment to it. */
export function readColor(name: string, within: HTMLElement): string {
	const probe = within.ownerDocument.createElement('span')
	probe.style.color = `var(${name})`
	within.append(probe)
	const { color } = getComputedStyle(probe)
	probe.remove()
	return color
}
