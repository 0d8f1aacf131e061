import { problemText, type Language } from '@postern/vocabulary'
import type { ProblemDocument } from '@postern/api/contract'
import { unparse } from 'papaparse'
import { importColumns, type ImportRow } from './import-row.ts'

/** Without it Excel takes the file for one in its own encoding. */
const mark = '\ufeff'

/** By its first character, or its full-width twin, whatever follows: papaparse's own rule lets cells of two lines pass. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/

export function importTemplate(): string {
	const examples = [
		['https://blog.example', 'editor', 'xxxx xxxx xxxx xxxx xxxx xxxx', 'Blog', 'client A, production'],
		['https://shop.example', 'editor', 'xxxx xxxx xxxx xxxx xxxx xxxx', '', ''],
	]
	return `${mark}${unparse({ fields: importColumns, data: examples }, { escapeFormulae: startsFormula })}\r\n`
}

export type FailedRow = { readonly row: Omit<ImportRow, 'password'>; readonly problem: ProblemDocument | undefined }

/** The rows as they came, the column of passwords empty, and why each failed: to be completed and imported again. */
export function writeFailedRows(failed: readonly FailedRow[], language: Language): string {
	const data = failed.map(({ row: { address, username, name, tags }, problem }) => [
		address,
		username,
		'',
		name,
		tags.join(', '),
		problem?.code ?? '',
		problem === undefined ? '' : problemText(problem.code, problem.params, language).title,
	])
	const fields = [...importColumns, 'problem', 'explanation']
	return `${mark}${unparse({ fields, data }, { escapeFormulae: startsFormula })}\r\n`
}
