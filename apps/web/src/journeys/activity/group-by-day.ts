import type { ActivityEntry } from '@postern/api/contract'

export type Day = { readonly key: string; readonly entries: readonly ActivityEntry[] }

/** Puts entries of one calendar day together, in the person's own time zone; the order stays. */
export function groupByDay(entries: readonly ActivityEntry[]): readonly Day[] {
	const days = new Map<string, ActivityEntry[]>()
	for (const entry of entries) {
		const key = dayKey(new Date(entry.at))
		const day = days.get(key)
		if (day) day.push(entry)
		else days.set(key, [entry])
	}
	return [...days].map(([key, dayEntries]) => ({ key, entries: dayEntries }))
}

function dayKey(at: Date): string {
	return [at.getFullYear(), at.getMonth() + 1, at.getDate()].join('-')
}
