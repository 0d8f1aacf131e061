import type { Language } from '@postern/vocabulary'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const steps = [
	['day', DAY_MS],
	['hour', HOUR_MS],
	['minute', MINUTE_MS],
] as const

/** "in 3 hours", "5 minutes ago", "now"; beyond 30 days the date. What lies behind is cut, what lies ahead is rounded. */
export function relativeTime(at: string, nowMs: number, language: Language): string {
	const distanceMs = new Date(at).getTime() - nowMs
	if (Math.abs(distanceMs) > 30 * DAY_MS) return dateOf(at, language)
	const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
	for (const [unit, lengthMs] of steps) {
		const count = distanceMs > 0 ? Math.round(distanceMs / lengthMs) : Math.trunc(distanceMs / lengthMs)
		if (count !== 0) return format.format(count, unit)
	}
	return format.format(0, 'second')
}

export function exactTime(at: string, language: Language): string {
	return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' }).format(new Date(at))
}

export function dateAndTime(at: string, language: Language): string {
	return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(at))
}

export function dateOf(at: string, language: Language): string {
	return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at))
}

export function timeOfDay(at: string, language: Language): string {
	return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(at))
}

/** To the second, in milliseconds since 1970: for what is about to happen. */
export function timeWithSeconds(at: number, language: Language): string {
	return new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(at)
}

/** "4 minutes 12 seconds", "1 hour 3 minutes": never less than is left, and a second at the least. */
export function timeLeft(ms: number, language: Language): string {
	const finest = ms > HOUR_MS ? MINUTE_MS : SECOND_MS
	const whole = Math.max(1, Math.ceil(ms / finest)) * finest
	const parts = [
		['hour', Math.floor(whole / HOUR_MS)],
		['minute', Math.floor((whole % HOUR_MS) / MINUTE_MS)],
		['second', Math.floor((whole % MINUTE_MS) / SECOND_MS)],
	] as const
	return parts
		.filter(([, count]) => count > 0)
		.map(([unit, count]) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count))
		.join(' ')
}

/** With the weekday, as a heading of a day. */
export function dayOf(at: string, language: Language): string {
	return new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(new Date(at))
}
