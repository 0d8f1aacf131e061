import type { ConnectorHistoryDocument } from '@postern/api/contract'

/** The chart comes late: its place is as high before. */
export const healthHeightPx = 150

export type Check = ConnectorHistoryDocument['checks'][number]

export function summaryOf(checks: readonly Check[]): { readonly count: number; readonly failed: number } {
	return { count: checks.length, failed: checks.filter(({ code }) => code !== null).length }
}

/** What a chart of two lines takes: times in seconds, how long each answer took, and where there was none. */
export function pointsOf(checks: readonly Check[]): [number[], (number | null)[], (number | null)[]] {
	return [
		checks.map(({ at }) => Date.parse(at) / 1_000),
		checks.map(({ code, latencyMs }) => (code === null ? latencyMs : null)),
		checks.map(({ code }) => (code === null ? null : 0)),
	]
}
