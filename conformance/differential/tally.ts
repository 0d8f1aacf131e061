import type { Generated } from './generate.ts'

export type Outcome = {
	readonly isSent: boolean
	/** WordPress called the callback of a route, or of an XML-RPC method. */
	readonly isRun: boolean
	readonly mismatches: readonly string[]
}

type Row = { asked: number; sent: number; refused: number; ran: number; mismatches: number }
type Table = Map<string, Row>

export type Tally = {
	add(generated: Generated, outcome: Outcome): void
	readonly total: Readonly<Row>
	/** Lines for people: by family, by spelling, by kind of body, and families by rules. */
	lines(): readonly string[]
	/** Every cell there is: family, spelling and body. */
	cells(): readonly (Row & { readonly family: string; readonly spelling: string; readonly body: string })[]
}

export function createTally(): Tally {
	const total = newRow()
	const families: Table = new Map()
	const rules: Table = new Map()
	const bodies: Table = new Map()
	const cells: Table = new Map()
	return {
		total,
		add({ family, spelling, rule, body }, outcome) {
			const rows = [
				rowOf(families, family),
				rowOf(rules, rule === spelling ? rule : `${rule}: ${spelling.split(' + ')[0]}`),
				rowOf(bodies, body),
				rowOf(cells, JSON.stringify([family, spelling, body])),
			]
			for (const row of [total, ...rows]) count(row, outcome)
		},
		lines: () => [
			...print('family', families),
			'',
			...print('spelling', rules),
			'',
			...print('body', bodies),
			'',
			...print('all', new Map([['all', total]])),
		],
		cells: () =>
			[...cells].map(([key, row]) => {
				const [family = '', spelling = '', body = '']: readonly string[] = JSON.parse(key)
				return { family, spelling, body, ...row }
			}),
	}
}

const newRow = (): Row => ({ asked: 0, sent: 0, refused: 0, ran: 0, mismatches: 0 })

function rowOf(table: Table, name: string): Row {
	const row = table.get(name) ?? newRow()
	table.set(name, row)
	return row
}

function count(row: Row, { isSent, isRun, mismatches }: Outcome): void {
	row.asked += 1
	row.sent += isSent ? 1 : 0
	row.refused += isSent ? 0 : 1
	row.ran += isRun ? 1 : 0
	row.mismatches += mismatches.length > 0 ? 1 : 0
}

function print(what: string, table: Table): readonly string[] {
	const number = (value: number | string): string => String(value).padStart(9)
	const line = (name: string, values: readonly (number | string)[]): string =>
		`${name.padEnd(44)}${values.map(number).join('')}`
	const rows = [...table].toSorted(([left], [right]) => left.localeCompare(right))
	return [
		line(what, ['asked', 'sent', 'refused', 'ran', 'mismatch']),
		...rows.map(([name, row]) => line(name, [row.asked, row.sent, row.refused, row.ran, row.mismatches])),
	]
}
