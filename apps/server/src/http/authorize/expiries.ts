const day = 86_400

/** Seconds, or `never`. */
export type Expiry = number | 'never'

/** When a password may end: never later than the application asks for. Ninety days if it says nothing. */
export function offerExpiries(askedSeconds: number | undefined): {
	readonly expiries: readonly Expiry[]
	readonly preselected: Expiry
} {
	const usual = [day, 7 * day, 30 * day, 90 * day, 365 * day]
	if (askedSeconds === undefined) return { expiries: [...usual, 'never'], preselected: 90 * day }
	return { expiries: [...usual.filter((seconds) => seconds < askedSeconds), askedSeconds], preselected: askedSeconds }
}

/** Whole days, hours or minutes, whichever fit. */
export function unitsOf(seconds: number): { readonly unit: 'days' | 'hours' | 'minutes'; readonly count: number } {
	if (seconds % day === 0) return { unit: 'days', count: seconds / day }
	if (seconds % 3600 === 0) return { unit: 'hours', count: seconds / 3600 }
	if (seconds > 3 * day) return { unit: 'days', count: Math.round(seconds / day) }
	return { unit: 'minutes', count: Math.round(seconds / 60) }
}
