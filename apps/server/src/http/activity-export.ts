import type { ActivityEntry } from '@postern/api/contract'
import { type Cell, lineOf } from './write-csv.ts'

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
