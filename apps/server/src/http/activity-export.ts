import type { ActivityEntry } from '@postern/api/contract'
import { type Columns, writeCsv } from './write-csv.ts'

type Batches = AsyncIterable<readonly ActivityEntry[]>

/** One JSON object in each line, as `listActivity` gives them. */
export async function* activityAsJsonLines(batches: Batches): AsyncGenerator<string, void> {
	for await (const entries of batches) yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
}

export function activityAsCsv(batches: Batches): AsyncGenerator<string, void> {
	return writeCsv(columns, batches)
}

const columns: Columns<ActivityEntry> = {
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
