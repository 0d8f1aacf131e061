import { chain, keepEnd, keepRows, type NumberedRow, reserve } from '../audit/audit-chain.ts'
import { mostInRun } from '../audit/run.ts'
import type { StoreHandle } from '../handle.ts'
import { newEventId } from '../ids.ts'
import type { Beginning, Ending, Kept, Waiting } from './access-entry.ts'
import { beginningRow, continuesRun, endingRow } from './access-row.ts'
import { addUsage, findUsedUp } from './password-usage.ts'

/**
 * Keeps entries in the chains of their workspaces, in the order in which they were decided. Gives what became of each; those of a
 * workspace that is gone are left out. Belongs into a transaction.
 */
export async function writeAccess(handle: StoreHandle, items: readonly Waiting[]): Promise<ReadonlyMap<Waiting, Kept>> {
	const kept = await findKept(handle, items)
	const left = kept.size === 0 ? items : items.filter((item) => !kept.has(item))
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
	const tried = new Map<string, Waiting[]>()
	for (const item of items) {
		if (item.id === undefined) continue
		const run = tried.get(item.id)
		if (run === undefined) tried.set(item.id, [item])
		else run.push(item)
	}
	const kept = new Map<Waiting, Kept>()
	if (tried.size === 0) return kept
	const rows = await db
		.selectFrom('audit_event')
		.select(['id', 'seq'])
		.where('id', 'in', [...tried.keys()])
		.execute()
	for (const { id, seq } of rows)
		for (const [index, item] of (tried.get(id) ?? []).entries()) kept.set(item, { seq: seq + index, isUsedUp: false }) // nobody waits for it any more
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
	const rows: NumberedRow[] = []
	let { seq } = end
	for (const run of runsOf(items, usedUp)) {
		const first = seq + 1
		const [item] = run
		const isUsedUp = item.kind === 'beginning' && usedUp.has(item)
		const id = (item.id ??= newEventId(item.at))
		for (const one of run) {
			one.id = id // of the row, so that a second attempt knows what the first did
			kept.set(one, { seq: (seq += 1), isUsedUp })
		}
		rows.push({ row: isEnding(run) ? endOf(run, kept) : beginningRow(run, isUsedUp), seq: first })
	}
	for (const beginning of beginnings) beginning.isWritten = true
	const { values, hashes } = chain(rows, end.hash, auditKey())
	await keepRows(handle, values)
	await keepEnd(db, workspaceId, hashes.at(-1) ?? end.hash)
	await addUsage(handle, beginnings, usedUp)
}

/** What stands in one row. */
type Run = readonly [Ending] | readonly [Beginning, ...Beginning[]]

const isEnding = (run: Run): run is readonly [Ending] => run[0].kind === 'ending'

const endOf = ([ending]: readonly [Ending], kept: Context['kept']) =>
	endingRow(ending, kept.get(ending.of)?.seq ?? ending.of.seq)

/** In the order in which they were decided: only what stands one behind the other comes into one row. */
function runsOf(items: readonly Waiting[], usedUp: ReadonlySet<Beginning>): readonly Run[] {
	const runs: Run[] = []
	let last: [Beginning, ...Beginning[]] | undefined
	for (const item of items) {
		if (item.kind === 'ending') {
			runs.push([item])
			last = undefined
		} else if (last !== undefined && last.length < mostInRun && !usedUp.has(item) && continuesRun(item, last[0])) {
			last.push(item)
		} else runs.push((last = [item]))
	}
	return runs
}
