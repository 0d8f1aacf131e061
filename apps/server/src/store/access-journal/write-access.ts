import { chain, keepEnd, keepRows, type NewAuditRow, reserve } from '../audit/audit-chain.ts'
import type { StoreHandle } from '../handle.ts'
import { newEventId } from '../ids.ts'
import type { Beginning, Kept, Waiting } from './access-entry.ts'
import { beginningRow, endingRow } from './access-row.ts'
import { addUsage, findUsedUp } from './password-usage.ts'

/**
 * Keeps entries in the chains of their workspaces, in the order in which they were decided. Gives what became of each; those of a
 * workspace that is gone are left out. Belongs into a transaction.
 */
export async function writeAccess(handle: StoreHandle, items: readonly Waiting[]): Promise<ReadonlyMap<Waiting, Kept>> {
	const kept = await findKept(handle, items)
	const left = items.filter((item) => !kept.has(item))
	for (const item of left) item.id ??= newEventId(item.at)
	const existing = await findWorkspaces(handle, left)
	// In one order, so that two nodes do not wait for each other.
	for (const workspaceId of existing.toSorted()) {
		const own = left.filter((item) => workspaceOf(item) === workspaceId)
		await writeOf(workspaceId, own, { handle, kept })
	}
	return kept
}

/** Of an attempt whose answer was lost. */
async function findKept({ db }: StoreHandle, items: readonly Waiting[]): Promise<Map<Waiting, Kept>> {
	const tried = new Map(items.flatMap((item) => (item.id === undefined ? [] : [[item.id, item] as const])))
	const kept = new Map<Waiting, Kept>()
	if (tried.size === 0) return kept
	const rows = await db
		.selectFrom('audit_event')
		.select(['id', 'seq'])
		.where('id', 'in', [...tried.keys()])
		.execute()
	for (const { id, seq } of rows) {
		const item = tried.get(id)
		if (item !== undefined) kept.set(item, { seq, isUsedUp: false }) // nobody waits for it any more
	}
	return kept
}

async function findWorkspaces({ db }: StoreHandle, items: readonly Waiting[]): Promise<readonly string[]> {
	const ids = [...new Set(items.map(workspaceOf))]
	if (ids.length === 0) return []
	const rows = await db.selectFrom('workspace').select('id').where('id', 'in', ids).execute()
	return rows.map(({ id }) => id)
}

function workspaceOf(item: Waiting): string {
	return (item.kind === 'ending' ? item.of : item).entry.workspaceId
}

type Context = { readonly handle: StoreHandle; readonly kept: Map<Waiting, Kept> }

async function writeOf(workspaceId: string, items: readonly Waiting[], { handle, kept }: Context): Promise<void> {
	const { db, auditKey } = handle
	// From here on nobody else adds to this chain, and no other node counts for its passwords.
	const end = await reserve(db, workspaceId, items.length)
	const beginnings = items.filter((item): item is Beginning => item.kind === 'beginning')
	const usedUp = await findUsedUp(handle, beginnings)
	const rows: NewAuditRow[] = []
	for (const [index, item] of items.entries()) {
		const isUsedUp = item.kind === 'beginning' && usedUp.has(item)
		kept.set(item, { seq: end.seq + 1 + index, isUsedUp })
		if (item.kind === 'ending') rows.push(endingRow(item, kept.get(item.of)?.seq ?? item.of.seq))
		else rows.push(beginningRow(item, isUsedUp))
	}
	for (const beginning of beginnings) beginning.isWritten = true
	const { values, hashes } = chain(rows, end, auditKey())
	await keepRows(handle, values)
	await keepEnd(db, workspaceId, hashes.at(-1) ?? end.hash)
	await addUsage(handle, beginnings, usedUp)
}
