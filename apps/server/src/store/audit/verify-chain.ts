import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StoreHandle } from '../handle.ts'
import { type AuditRow, hashOf, scopeOf } from './audit-chain.ts'
import { lastNumberOf } from './run.ts'

export type ChainVerdict =
	/** `unchained`: of these, recorded before entries were chained. */
	| { readonly isWhole: true; readonly entries: number; readonly unchained: number }
	/** The number of the first entry that is changed, missing, or in another's place. */
	| { readonly isWhole: false; readonly brokenAt: number }

const batch = 500

/**
 * Reads the audit log of one workspace (null: the installation's) from its beginning, and says whether it is as it was written.
 * Finds what was changed, taken out, put in, exchanged, hashed anew without the key, or cut from the end; in a run of requests by
 * the number with which the run begins.
 *
 * It does not see a log whose newest entries were cut *together with* the counter that remembers the last of them, nor one that was
 * put back as a whole from an older copy: for that, the last number has to be known to somebody outside. Entries from before the
 * chain have no hash; of them only a gap is seen. A log all of whose hashes were taken out looks like one from before the chain:
 * the number of `unchained` entries tells, to whoever knows that there are none.
 */
export async function verifyChain(handle: StoreHandle, workspaceId: string | null): Promise<ChainVerdict> {
	const newest = await findNewest(handle, workspaceId)
	// After the newest: whatever was counted until now stands in the log.
	const counter = await handle.db
		.selectFrom('audit_counter')
		.select(['seq', 'hash'])
		.where('scope', '=', scopeOf(workspaceId))
		.executeTakeFirst()
	const counted = counter?.seq ?? 0
	const reading = { seq: 0, unchained: 0, hash: null as string | null }
	while (reading.seq < counted) {
		const rows = await findRows(handle, workspaceId, { after: reading.seq, until: counted })
		for (const row of rows) {
			if (!isNext(row, reading, handle)) return { isWhole: false, brokenAt: reading.seq + 1 }
			reading.seq = lastNumberOf(row)
			reading.hash = row.hash
			if (row.hash === null) reading.unchained += 1
		}
		if (rows.length === 0) return { isWhole: false, brokenAt: reading.seq + 1 } // cut from the end
		await nextTurn() // on SQLite everybody else waits
	}
	if (newest > counted) return { isWhole: false, brokenAt: counted + 1 }
	if (reading.hash !== (counter?.hash ?? null)) return { isWhole: false, brokenAt: reading.seq }
	return { isWhole: true, entries: reading.seq, unchained: reading.unchained }
}

type Reading = { readonly seq: number; readonly hash: string | null }

function isNext(row: AuditRow, before: Reading, { auditKey }: StoreHandle): boolean {
	if (row.seq !== before.seq + 1) return false
	if (row.hash === null) return before.hash === null // once there is a chain, all hang on it
	return row.hash === hashOf(row, before.hash, auditKey())
}

async function findNewest(handle: StoreHandle, workspaceId: string | null): Promise<number> {
	const row = await ofChain(handle, workspaceId)
		.select(['seq', 'access'])
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst()
	return row === undefined ? 0 : lastNumberOf(row)
}

function findRows(
	handle: StoreHandle,
	workspaceId: string | null,
	{ after, until }: { readonly after: number; readonly until: number },
): Promise<readonly AuditRow[]> {
	return ofChain(handle, workspaceId)
		.selectAll()
		.where('seq', '>', after)
		.where('seq', '<=', until)
		.orderBy('seq')
		.limit(batch)
		.execute()
}

function ofChain({ db }: StoreHandle, workspaceId: string | null) {
	const rows = db.selectFrom('audit_event')
	return workspaceId === null ? rows.where('workspace_id', 'is', null) : rows.where('workspace_id', '=', workspaceId)
}
