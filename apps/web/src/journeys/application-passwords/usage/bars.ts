import type { PasswordUsageDocument } from '@postern/api/contract'

export type UsageDay = PasswordUsageDocument['days'][number]

/** The chart comes late: its place is as high before. */
export const usageHeightPx = 190

/** From the back to the front: each bar covers the lower part of the one before it, so that the parts stand on each other. */
export const series = ['refused', 'permitted', 'writes'] as const
export type Series = (typeof series)[number]

/** How high the bars of each day are, series by series, days from left to right. */
export function barsOf(days: readonly UsageDay[]): readonly (readonly number[])[] {
	return [
		days.map(({ permitted, refused }) => permitted + refused),
		days.map(({ permitted }) => permitted),
		days.map(({ writes }) => writes),
	]
}

export type Total = Readonly<Record<Series, number>>

export function totalOf(days: readonly UsageDay[]): Total {
	const sum = (name: Series) => days.reduce((so, day) => so + day[name], 0)
	return { permitted: sum('permitted'), refused: sum('refused'), writes: sum('writes') }
}
