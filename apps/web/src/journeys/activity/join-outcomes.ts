import type { ActivityEntry } from '@postern/api/contract'

/** What is recorded before a request leaves. */
const intents: readonly ActivityEntry['event'][] = ['site.requested', 'site.changing']

/**
 * One entry for each request. A write is recorded before it leaves and again when it came to its end: where both are
 * listed, the first is left out, because the second says all that it says.
 */
export function joinOutcomes(entries: readonly ActivityEntry[]): readonly ActivityEntry[] {
	const finished = new Set(entries.flatMap((entry) => (entry.event === 'site.finished' ? keyOf(entry) : [])))
	return entries.filter((entry) => !intents.includes(entry.event) || keyOf(entry).every((key) => !finished.has(key)))
}

function keyOf({ access }: ActivityEntry): readonly string[] {
	return access === null ? [] : [[access.requestId, access.method, access.route].join(' ')]
}
