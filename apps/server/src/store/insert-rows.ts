import { CompiledQuery } from 'kysely'
import type { StoreHandle } from './handle.ts'

type Value = string | number | null

/** A table, its columns in their order, and what follows the values. */
export type Into = { readonly table: string; readonly columns: readonly string[]; readonly onConflict?: string }

/** Rows in one statement: few statements, so that a store that prepares them knows them again. */
const blockSizes = [50, 10, 1]

/** Inserts many rows past the query builder, which would take longer than the store. */
export async function insertRows(
	{ db, dialect }: Pick<StoreHandle, 'db' | 'dialect'>,
	into: Into,
	rows: readonly (readonly Value[])[],
): Promise<void> {
	let from = 0
	for (const size of blockSizes)
		for (; from + size <= rows.length; from += size) {
			const text = insertOf(into, size, dialect.placeholder)
			await db.executeQuery(CompiledQuery.raw(text, joined(rows, from, size)))
		}
}

/** A loop: `flat` takes four times as long. */
function joined(rows: readonly (readonly Value[])[], from: number, count: number): Value[] {
	const values: Value[] = []
	for (let at = from; at < from + count; at += 1) for (const value of rows[at] ?? []) values.push(value)
	return values
}

const known = new Map<string, string>()

function insertOf(into: Into, size: number, placeholder: (index: number) => string): string {
	const key = `${into.table} ${placeholder(1)} ${size}`
	const text = known.get(key) ?? writeInsert(into, size, placeholder)
	known.set(key, text)
	return text
}

function writeInsert(
	{ table, columns, onConflict = '' }: Into,
	size: number,
	placeholder: (index: number) => string,
): string {
	const list = (row: number) => columns.map((_, column) => placeholder(row * columns.length + column + 1)).join(', ')
	const lists = Array.from({ length: size }, (_, row) => `(${list(row)})`)
	return `insert into ${table} (${columns.join(', ')}) values ${lists.join(', ')} ${onConflict}`
}
