import type { StoreHandle } from '../handle.ts'
import type { AccessDecision } from '../schema.ts'
import type { AuditRow } from './audit-chain.ts'
import type { RecordedAuditEntry } from './audit-entry.ts'
import { readRow } from './audit-row.ts'

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

/** The newest first, with a number below `before`. */
export async function readEntries(
	handle: StoreHandle,
	filter: AuditFilter,
	{ before, limit }: { readonly before: number; readonly limit: number },
): Promise<readonly RecordedAuditEntry[]> {
	const ask = (decision: AccessDecision | null | undefined) => query(handle, { ...filter, decision }, before, limit)
	const found = await Promise.all(decisionsOf(filter).map((decision) => ask(decision).execute()))
	const rows = found
		.flat()
		.toSorted((one, other) => other.seq - one.seq)
		.slice(0, limit)
	const ends = await findEnds(handle, filter.workspaceId, rows)
	return rows.map((row) => readRow(row, ends.get(row.seq)))
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
	rows: readonly AuditRow[],
): Promise<ReadonlyMap<number, AuditRow>> {
	const requests = rows.filter(({ access }) => access !== null).map(({ seq }) => seq)
	if (requests.length === 0) return new Map()
	const ends = await db
		.selectFrom('audit_event')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('finishes', 'in', requests)
		.execute()
	return new Map(ends.map((end) => [end.finishes ?? 0, end]))
}

const exported = 500

/** All that match, the newest first, some hundreds at a time: whoever reads them holds no more, and others get their turn. */
export async function* exportEntries(
	handle: StoreHandle,
	filter: AuditFilter,
): AsyncIterableIterator<readonly RecordedAuditEntry[]> {
	let before = Number.MAX_SAFE_INTEGER
	for (;;) {
		const entries = await readEntries(handle, filter, { before, limit: exported })
		const last = entries.at(-1)
		if (last === undefined) return
		yield entries
		before = last.seq
	}
}
