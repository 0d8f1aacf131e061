import * as z from 'zod/mini'
import { type AuditRow, isRun } from './audit-chain.ts'

/**
 * How many requests a row may hold: reads of one password at one site, one behind the other, with one decision. With a row for
 * each, the record took a fifth of all that a request costs the gateway.
 */
export const mostInRun = 20

/** One entry of the log, as a row holds it or as one of several in a row. */
export type AuditLine = Omit<AuditRow, 'access'> & {
	/** Of the column's JSON. */
	readonly access: unknown
}

/** What a request in a run has for itself; `access` as it stands in the column of one alone. */
export type RunMember = readonly [at: number, requestId: string, access: unknown]

const runJson = z.array(z.tuple([z.number(), z.string(), z.unknown()]))

/** The entries of a row, the oldest first. */
export function linesOf(row: AuditRow): readonly AuditLine[] {
	const access: unknown = row.access === null ? null : JSON.parse(row.access)
	if (!Array.isArray(access)) return [{ ...row, access }]
	return runJson.parse(access).map(([at, requestId, own], index) => ({
		...row,
		id: index === 0 ? row.id : `${row.id}.${index}`,
		seq: row.seq + index,
		at,
		request_id: requestId,
		access: own,
	}))
}

/** The number of the last entry of a row. It may have been changed by hand: what cannot be read counts as one. */
export function lastNumberOf({ seq, access }: Pick<AuditRow, 'seq' | 'access'>): number {
	if (access === null || !isRun(access)) return seq
	try {
		const list: unknown = JSON.parse(access)
		return Array.isArray(list) && list.length > 0 ? seq + list.length - 1 : seq
	} catch {
		return seq
	}
}
