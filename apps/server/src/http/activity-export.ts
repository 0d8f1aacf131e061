import type { ActivityEntry } from '@postern/api/contract'

type Batches = AsyncIterable<readonly ActivityEntry[]>

/** One JSON object in each line, as `listActivity` gives them. */
export async function* activityAsJsonLines(batches: Batches): AsyncGenerator<string, void> {
	for await (const entries of batches) yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
}

/** RFC 4180, with a first line that names the columns. */
export async function* activityAsCsv(batches: Batches): AsyncGenerator<string, void> {
	// With the first entries, so that nothing has begun where there are none to be had.
	let head = lineOf(Object.keys(columns))
	for await (const entries of batches) {
		yield head + entries.map((entry) => lineOf(cellsOf(entry))).join('')
		head = ''
	}
	if (head !== '') yield head
}

type Cell = string | number | null | undefined

const columns: Readonly<Record<string, (entry: ActivityEntry) => Cell>> = {
	at: ({ at }) => at,
	id: ({ id }) => id,
	event: ({ event }) => event,
	actor_kind: ({ actor }) => actor.kind,
	actor: ({ actor }) => actor.name,
	target_kind: ({ target }) => target?.kind,
	target_id: ({ target }) => target?.id,
	target: ({ target }) => target?.name,
	method: ({ access }) => access?.method,
	route: ({ access }) => access?.route,
	scope: ({ access }) => access?.scope,
	decision: ({ access }) => access?.decision,
	problem: ({ access }) => access?.problem,
	status: ({ access }) => access?.status,
	sent_bytes: ({ access }) => access?.sentBytes,
	received_bytes: ({ access }) => access?.receivedBytes,
	duration_ms: ({ access }) => access?.durationMs,
	end: ({ access }) => access?.end,
	request_id: ({ access }) => access?.requestId,
	password_uuid: ({ access }) => access?.password?.uuid,
	password: ({ access }) => access?.password?.name,
	params: ({ params }) => JSON.stringify(params),
}

function cellsOf(entry: ActivityEntry): readonly Cell[] {
	return Object.values(columns).map((read) => read(entry))
}

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
