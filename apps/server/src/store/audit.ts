import { fail, ok, type Result } from '@postern/vocabulary'
import { addToChain, type AuditRow } from './audit/audit-chain.ts'
import type { AuditEntry, RecordedAuditEntry } from './audit/audit-entry.ts'
import { type AuditFilter, exportEntries, readEntries } from './audit/audit-page.ts'
import { readLine, rowOf } from './audit/audit-row.ts'
import { linesOf } from './audit/run.ts'
import { deleteUsage, type PasswordUsage, readUsage, type UsageQuery } from './audit/audit-usage.ts'
import { type ChainVerdict, verifyChain } from './audit/verify-chain.ts'
import { atomically, type StoreHandle } from './handle.ts'

export { actorOf } from './audit/audit-entry.ts'
export type { AuditFilter } from './audit/audit-page.ts'
export type { PasswordUsage } from './audit/audit-usage.ts'
export type { ChainVerdict } from './audit/verify-chain.ts'
export type {
	AccessOutcome,
	Acting,
	AuditAccess,
	AuditActor,
	AuditEntry,
	AuditTarget,
	RecordedAuditEntry,
} from './audit/audit-entry.ts'

export type AuditQuery = AuditFilter & { readonly cursor?: string | undefined; readonly limit: number }

export type AuditPage = { readonly entries: readonly RecordedAuditEntry[]; readonly nextCursor: string | null }

export type Audit = ReturnType<typeof auditOn>

export function auditOn(handle: StoreHandle) {
	const { db, now } = handle
	return {
		/** Records an event, in the transaction that causes it. On PostgreSQL the workspace's events then wait for its end. */
		record(entry: AuditEntry): Promise<RecordedAuditEntry> {
			return atomically(handle, async (transaction) => {
				const rows = await addToChain({ ...handle, db: transaction }, entry.workspaceId, [rowOf(entry, now())])
				const [recorded] = rows.flatMap(tell)
				if (recorded === undefined) throw new Error('nothing was recorded')
				return recorded
			})
		},

		/** Records events of any workspaces together, in their order; gives them as they are kept. */
		recordAll(entries: readonly AuditEntry[]): Promise<readonly RecordedAuditEntry[]> {
			return atomically(handle, async (transaction) => {
				const recorded = new Map<AuditEntry, RecordedAuditEntry>()
				const byWorkspace = Map.groupBy(entries, ({ workspaceId }) => workspaceId)
				// In one order, so that two nodes do not wait for each other.
				for (const [workspaceId, own] of [...byWorkspace].toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))) {
					const at = now()
					const rows = own.map((entry) => rowOf(entry, at))
					const kept = await addToChain({ ...handle, db: transaction }, workspaceId, rows)
					for (const [index, told] of kept.flatMap(tell).entries()) {
						const entry = own[index]
						if (entry !== undefined) recorded.set(entry, told)
					}
				}
				return entries.flatMap((entry) => recorded.get(entry) ?? [])
			})
		},

		/**
		 * Gives the newest first; how a request ended stands with its beginning. Fails with `request/type-error` for a cursor that is
		 * none.
		 */
		async page({ cursor, limit, ...filter }: AuditQuery): Promise<Result<AuditPage>> {
			const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)
			if (!Number.isSafeInteger(before) || before < 1)
				return fail('request/type-error', { params: { field: 'cursor' } })
			const found = await readEntries(handle, filter, { before, limit: limit + 1 })
			const entries = found.slice(0, limit)
			const last = found.length > limit ? entries.at(-1) : undefined
			return ok({ entries, nextCursor: last === undefined ? null : String(last.seq) })
		},

		/** All that match, the newest first, batch by batch. */
		export: (filter: AuditFilter) => exportEntries(handle, filter),

		/** What an application password did in the last days, today among them (UTC). */
		usage: (query: UsageQuery): Promise<PasswordUsage> => readUsage(handle, query),

		/** The sweeper's: forgets how often passwords were used before a day (UTC), in all workspaces. */
		deleteUsage: (before: Date): Promise<void> => deleteUsage(handle, before),

		/** Whether the log of a workspace (null: the installation's) is as it was written. */
		verify: (workspaceId: string | null): Promise<ChainVerdict> => verifyChain(handle, workspaceId),

		/** The operator's: all logs there are, the installation's first. */
		async listChains(): Promise<readonly { readonly workspaceId: string | null; readonly name: string }[]> {
			const rows = await db.selectFrom('workspace').select(['id', 'name']).orderBy('created_at').orderBy('id').execute()
			return [{ workspaceId: null, name: '' }, ...rows.map(({ id, name }) => ({ workspaceId: id, name }))]
		},
	}
}

const tell = (row: AuditRow): readonly RecordedAuditEntry[] => linesOf(row).map((line) => readLine(line))
