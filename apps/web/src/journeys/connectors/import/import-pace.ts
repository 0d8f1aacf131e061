import { hostOf, type ImportRow } from './import-row.ts'

/** How many rows are tried at once, and how many of one host: the server lets no more begin. */
const pace = { atOnce: 6, perHost: 2 } as const

/** What a site takes as a rule, some of them a good deal longer. */
const secondsASite = 3
/** Of one host the server takes three at once, twenty more, then twenty a minute, and after 120 ten. */
const ofOneHost = { free: 3, burst: 20, perMinute: 20, long: 120, perMinuteLong: 10 }

/** How long a list takes, about, before anything is tried: its sites side by side, and the many of one host one after the other. */
export function minutesFor(rows: readonly Pick<ImportRow, 'address'>[]): number {
	const hosts = new Map<string, number>()
	for (const { address } of rows) hosts.set(hostOf(address), (hosts.get(hostOf(address)) ?? 0) + 1)
	let more = 0
	for (const count of hosts.values()) more += Math.max(0, count - ofOneHost.free)
	const { burst, perMinute, long, perMinuteLong } = ofOneHost
	const waiting = Math.max(0, Math.min(more, long) - burst) / perMinute + Math.max(0, more - long) / perMinuteLong
	return (rows.length * secondsASite) / pace.atOnce / 60 + waiting
}

/** Takes the next row whose host is not busy. */
export function takeNext(waiting: ImportRow[], underWay: readonly ImportRow[]): ImportRow | undefined {
	if (underWay.length >= pace.atOnce) return undefined
	const isFree = ({ address }: ImportRow) =>
		underWay.filter((row) => hostOf(row.address) === hostOf(address)).length < pace.perHost
	const index = waiting.findIndex(isFree)
	return index < 0 ? undefined : waiting.splice(index, 1)[0]
}
