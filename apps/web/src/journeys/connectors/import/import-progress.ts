import type { ProblemDocument } from '@postern/api/contract'
import type { ImportRow } from './import-row.ts'

export type RowState =
	| { readonly state: 'waiting' | 'running' | 'throttled' }
	/** `present`: it was there before, and is as it was. */
	| { readonly state: 'imported' | 'present'; readonly connectorId: string; readonly name: string }
	| { readonly state: 'failed'; readonly problem: ProblemDocument }

/** A row without what makes it a secret, and how far it is. */
export type ShownRow = Omit<ImportRow, 'password'> & { readonly hasPassword: boolean } & RowState

export function shownRow({ password, ...row }: ImportRow): ShownRow {
	return { ...row, hasPassword: password !== undefined, state: 'waiting' }
}

export type ImportCounts = {
	readonly total: number
	readonly imported: number
	readonly present: number
	readonly failed: number
	/** Not tried yet. */
	readonly left: number
}

export function countRows(rows: readonly ShownRow[]): ImportCounts {
	const count = (state: ShownRow['state']) => rows.filter((row) => row.state === state).length
	const [imported, present, failed] = [count('imported'), count('present'), count('failed')]
	return { total: rows.length, imported, present, failed, left: rows.length - imported - present - failed }
}
