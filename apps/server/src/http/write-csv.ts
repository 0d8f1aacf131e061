export type Cell = string | number | null | undefined

/** What each column holds, by its name. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>

/** RFC 4180, with a first line that names the columns. */
export async function* writeCsv<Row>(
	columns: Columns<Row>,
	batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string, void> {
	const readers = Object.values(columns)
	// With the first rows, so that nothing has begun where there are none to be had.
	let head = lineOf(Object.keys(columns))
	for await (const rows of batches) {
		yield head + rows.map((row) => lineOf(readers.map((read) => read(row)))).join('')
		head = ''
	}
	if (head !== '') yield head
}

/** One record of RFC 4180. */
function lineOf(cells: readonly Cell[]): string {
	return `${cells.map(writeCell).join(',')}\r\n`
}

/** Spreadsheets take a text for a formula by its first character, also by its full-width twin. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/

function writeCell(cell: Cell): string {
	if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell)
	const text = startsFormula.test(cell) ? `'${cell}` : cell
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
