import type { StoreHandle } from '../handle.ts'
import type { AccessDecision } from '../schema.ts'
import type { RecordedAuditEntry } from './audit-entry.ts'
import { readLine } from './audit-row.ts'
import { type AuditLine, linesOf, mostInRun } from './run.ts'

export type AuditFilter = {
	readonly workspaceId: string
	/** The UUID of an application password: what it did, and what was done with it. */
	readonly password?: string | undefined
	/** The id of a connector: what passed to its site, and what was done with it. */
	readonly connector?: string | undefined
	readonly decision?: AccessDecision | undefined
	/** Requests through the gateway, or what was done in Postern itself. */
	readonly kind?: 'all' | 'requests' | 'changes' | undefined
}

type Part = { readonly before: number; readonly limit: number; readonly mostRows?: number }

/** The newest first, with a number below `before`: at least one of each row until the limit, or until `mostRows` are read. */
export async function readEntries(
	handle: StoreHandle,
	filter: AuditFilter,
	{ before, limit, mostRows = limit }: Part,
): Promise<readonly RecordedAuditEntry[]> {
	const ask = (decision: AccessDecision | null | undefined) => query(handle, { ...filter, decision }, before, mostRows)
	const found = await Promise.all(decisionsOf(filter).map((decision) => ask(decision).execute()))
	const rows = found
		.flat()
		.toSorted((one, other) => other.seq - one.seq)
		.slice(0, mostRows)
	// The first row may be a run that began below `before` and goes on behind it.
	const lines = rows.flatMap((row) => linesOf(row).toReversed()).filter(({ seq }) => seq < before)
	const shown = lines.slice(0, limit)
	const ends = await findEnds(handle, filter.workspaceId, shown)
	return shown.map((line) => readLine(line, ends.get(line.seq)))
}

/**
 * Every index but that of all entries holds the decision before the number, so that what is rare is found as fast as what is not.
 * Null: what is no request; undefined: whatever there is.
 */
function decisionsOf({
	password,
	connector,
	decision,
	kind,
}: AuditFilter): readonly (AccessDecision | null | undefined)[] {
	if (kind === 'changes') return decision === undefined ? [null] : []
	if (decision !== undefined) return [decision]
	if (kind === 'requests') return ['permitted', 'refused']
	return password === undefined && connector === undefined ? [undefined] : ['permitted', 'refused', null]
}

type OneDecision = Omit<AuditFilter, 'decision'> & { readonly decision: AccessDecision | null | undefined }

function query(
	{ db }: StoreHandle,
	{ workspaceId, password, connector, decision }: OneDecision,
	before: number,
	limit: number,
) {
	return db
		.selectFrom('audit_event')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('finishes', 'is', null)
		.where('seq', '<', before)
		.$if(password !== undefined, (rows) => rows.where('password_uuid', '=', password ?? ''))
		.$if(connector !== undefined, (rows) => rows.where('connector_id', '=', connector ?? ''))
		.$if(decision === null, (rows) => rows.where('decision', 'is', null))
		.$if(typeof decision === 'string', (rows) => rows.where('decision', '=', decision ?? null))
		.orderBy('seq', 'desc')
		.limit(limit)
}

/** How requests ended that were written before they did. */
async function findEnds(
	{ db }: StoreHandle,
	workspaceId: string,
	lines: readonly AuditLine[],
): Promise<ReadonlyMap<number, AuditLine>> {
	const requests = lines.filter(({ access }) => access !== null).map(({ seq }) => seq)
	if (requests.length === 0) return new Map()
	const ends = await db
		.selectFrom('audit_event')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('finishes', 'in', requests)
		.execute()
	return new Map(ends.flatMap(linesOf).map((end) => [end.finishes ?? 0, end]))
}

/** At a time. */
const exportedRows = 50
const mostExported = exportedRows * mostInRun

/** All that match, the newest first, up to a thousand at a time: whoever reads them holds no more, and others get their turn. */
export async function* exportEntries(
	handle: StoreHandle,
	filter: AuditFilter,
): AsyncIterableIterator<readonly RecordedAuditEntry[]> {
	let before = Number.MAX_SAFE_INTEGER
	for (;;) {
		const entries = await readEntries(handle, filter, { before, limit: mostExported, mostRows: exportedRows })
		const last = entries.at(-1)
		if (last === undefined) return
		yield entries
		before = last.seq
	}
}
