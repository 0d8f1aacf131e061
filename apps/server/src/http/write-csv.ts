export type Cell = string | number | null | undefined

/** One record of RFC 4180. */
export function lineOf(cells: readonly Cell[]): string {
	return `${cells.map(writeCell).join(',')}\r\n`
}

/** Spreadsheets take a text for a formula by its first character, also by its full-width twin. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/

function writeCell(cell: Cell): string {
	if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell)
	const text = startsFormula.test(cell) ? `'${cell}` : cell
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
