import { fail, ok, type Result } from '@postern/vocabulary'
import { parse } from 'papaparse'
import { importColumns, neededColumns, otherNames, rowOf, type ImportColumn, type ImportRow } from './import-row.ts'

const rowLimit = 1_000
const sizeLimitMb = 2

/**
 * Reads a CSV file (RFC 4180; commas, semicolons or tabs; UTF-8, with a byte order mark or without). Empty lines do not count.
 * Fails with `import/too-large`, `import/encoding-unsupported`, `import/malformed`, `import/empty`, `import/column-missing`,
 * `import/column-repeated`, `import/too-many-rows`, `import/rows-repeated`.
 */
export function readImportFile(bytes: Uint8Array): Result<readonly ImportRow[]> {
	if (bytes.length > sizeLimitMb * 1_000_000) return fail('import/too-large', { params: { limit: sizeLimitMb } })
	const text = decode(bytes)
	if (!text.ok) return text
	const lines = readLines(text.value)
	if (!lines.ok) return lines
	const [head, ...others] = lines.value
	const columns = readHead(head?.cells ?? [])
	if (!columns.ok) return columns
	if (others.length === 0) return fail('import/empty')
	if (others.length > rowLimit) return fail('import/too-many-rows', { params: { limit: rowLimit } })
	const uneven = others.find(({ cells }) => cells.length !== head?.cells.length)
	if (uneven !== undefined) return fail('import/malformed', { params: { line: uneven.line } })
	const cellOf = (cells: readonly string[], column: ImportColumn) => cells[columns.value.indexOf(column)]?.trim() ?? ''
	const rows = others.map(({ line, cells }) => rowOf(line, (column) => cellOf(cells, column)))
	return withoutRepetition(rows)
}

function decode(bytes: Uint8Array): Result<string> {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
		// UTF-16 without its mark is full of them, and is UTF-8 all the same.
		return text.includes('\0') ? fail('import/encoding-unsupported') : ok(text)
	} catch (error) {
		return fail('import/encoding-unsupported', { cause: error })
	}
}

type Line = { readonly line: number; readonly cells: readonly string[] }

function readLines(text: string): Result<readonly Line[]> {
	const { data, errors } = parse(text, { delimitersToGuess: [',', ';', '\t'], preview: 3 * rowLimit })
	const broken = errors.find(({ type }) => type === 'Quotes')
	if (broken !== undefined) return fail('import/malformed', { params: { line: (broken.row ?? 0) + 1 } })
	const lines = data.map((cells, index) => ({ line: index + 1, cells }))
	return ok(lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')))
}

/** Our names of the columns, in their order: in any case, with spaces for underscores too. */
function readHead(cells: readonly string[]): Result<readonly string[]> {
	const written = cells.map((cell) =>
		cell
			.trim()
			.toLowerCase()
			.replaceAll(/[\s-]+/g, '_'),
	)
	const names = importColumns.reduce(namedAsOurs, written)
	const missing = neededColumns.find((column) => !names.includes(column))
	if (missing !== undefined) return fail('import/column-missing', { params: { column: missing } })
	const repeated = importColumns.find((column) => names.indexOf(column) !== names.lastIndexOf(column))
	return repeated === undefined ? ok(names) : fail('import/column-repeated', { params: { column: repeated } })
}

function namedAsOurs(names: readonly string[], column: ImportColumn): readonly string[] {
	if (names.includes(column)) return names
	const other = otherNames[column]?.find((name) => names.includes(name))
	return other === undefined ? names : names.with(names.indexOf(other), column)
}

/** How many line numbers a sentence names. */
const namedAtMost = 10

/** An address may be written in more ways than one; that is told here only as far as it goes without asking. */
function withoutRepetition(rows: readonly ImportRow[]): Result<readonly ImportRow[]> {
	const seen = new Set<string>()
	const repeated: number[] = []
	for (const { line, address, username } of rows) {
		const plain = address
			.toLowerCase()
			.replace(/^https?:\/\//, '')
			.replace(/\/+$/, '')
		const key = JSON.stringify([plain, username.toLowerCase()])
		if (seen.has(key)) repeated.push(line)
		seen.add(key)
	}
	if (repeated.length === 0) return ok(rows)
	const more = repeated.length > namedAtMost ? ' …' : ''
	return fail('import/rows-repeated', { params: { lines: `${repeated.slice(0, namedAtMost).join(', ')}${more}` } })
}
