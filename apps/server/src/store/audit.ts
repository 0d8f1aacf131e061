import { fail, ok, type Result } from '@postern/vocabulary'
import { addToChain } from './audit/audit-chain.ts'
import type { AuditEntry, RecordedAuditEntry } from './audit/audit-entry.ts'
import { readRow, rowOf } from './audit/audit-row.ts'
import { atomically, type StoreHandle } from './handle.ts'

export { actorOf } from './audit/audit-entry.ts'
export type {
	AccessOutcome,
	Acting,
	AuditAccess,
	AuditActor,
	AuditEntry,
	AuditTarget,
	RecordedAuditEntry,
} from './audit/audit-entry.ts'

export type AuditPage = { readonly entries: readonly RecordedAuditEntry[]; readonly nextCursor: string | null }

export type Audit = ReturnType<typeof auditOn>

export function auditOn(handle: StoreHandle) {
	const { db, now } = handle
	return {
		/** Records an event, in the transaction that causes it. On PostgreSQL the workspace's events then wait for its end. */
		record(entry: AuditEntry): Promise<RecordedAuditEntry> {
			return atomically(handle, async (transaction) => {
				const rows = await addToChain({ ...handle, db: transaction }, entry.workspaceId, [rowOf(entry, now())])
				const [row] = rows
				if (row === undefined) throw new Error('nothing was recorded')
				return readRow(row)
			})
		},

		/** Gives the newest first. Fails with `request/type-error` for a cursor that is none. */
		async page(query: { workspaceId: string; cursor?: string; limit: number }): Promise<Result<AuditPage>> {
			const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(query.cursor)
			if (!Number.isSafeInteger(before) || before < 1)
				return fail('request/type-error', { params: { field: 'cursor' } })
			const rows = await db
				.selectFrom('audit_event')
				.selectAll()
				.where('workspace_id', '=', query.workspaceId)
				.where('seq', '<', before)
				.orderBy('seq', 'desc')
				.limit(query.limit + 1)
				.execute()
			const entries = rows.slice(0, query.limit).map((row) => readRow(row))
			const last = rows.length > query.limit ? entries.at(-1) : undefined
			return ok({ entries, nextCursor: last === undefined ? null : String(last.seq) })
		},
	}
}
