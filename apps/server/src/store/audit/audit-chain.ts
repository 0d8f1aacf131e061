import { createHmac, type KeyObject } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { StoreHandle } from '../handle.ts'
import { insertRows, type Into } from '../insert-rows.ts'
import type { AuditEventTable, StoreSchema } from '../schema.ts'

export type AuditRow = Selectable<AuditEventTable>
/** Before its place in the chain is known. */
export type NewAuditRow = Omit<AuditRow, 'seq' | 'hash'>

type Value = string | number | null

/** In the order of `hashedValues`, and the hash. */
const auditColumns = [
	'id',
	'workspace_id',
	'seq',
	'at',
	'event',
	'actor_kind',
	'actor_id',
	'actor_name',
	'target_kind',
	'target_id',
	'target_name',
	'params',
	'request_id',
	'password_uuid',
	'password_name',
	'connector_id',
	'decision',
	'access',
	'finishes',
	'hash',
] as const satisfies readonly (keyof AuditRow)[]

/**
 * What is hashed, in an order that never changes. Written out: every request passes here, and looking each up by the name of its
 * column takes several times as long.
 */
const hashedValues = (row: NewAuditRow, seq: number): Value[] => [
	row.id,
	row.workspace_id,
	seq,
	row.at,
	row.event,
	row.actor_kind,
	row.actor_id,
	row.actor_name,
	row.target_kind,
	row.target_id,
	row.target_name,
	row.params,
	row.request_id,
	row.password_uuid,
	row.password_name,
	row.connector_id,
	row.decision,
	row.access,
	row.finishes,
]

/** The installation's own entries are a chain of their own. */
export function scopeOf(workspaceId: string | null): string {
	return workspaceId ?? 'installation'
}

/** The end of a chain: the number and hash of its newest entry. */
export type ChainEnd = { readonly seq: number; readonly hash: string | null }

/**
 * Adds entries to the chain of one workspace, in their order, and gives them as they are kept. Belongs into a transaction; whoever
 * else adds to that chain waits for its end.
 */
export async function addToChain(
	{ db, dialect, auditKey }: StoreHandle,
	workspaceId: string | null,
	rows: readonly NewAuditRow[],
): Promise<readonly AuditRow[]> {
	const end = await reserve(db, workspaceId, rows.length)
	const numbered = rows.map((row, index) => ({ row, seq: end.seq + 1 + index }))
	const { values, hashes } = chain(numbered, end.hash, auditKey())
	await keepRows({ db, dialect }, values)
	await keepEnd(db, workspaceId, hashes.at(-1) ?? end.hash)
	return numbered.map(({ row, seq }, index) => ({ ...row, seq, hash: hashes[index] ?? null }))
}

/** Takes so many numbers; gives the end of the chain before them. */
export async function reserve(db: Kysely<StoreSchema>, workspaceId: string | null, count: number): Promise<ChainEnd> {
	const { seq, hash } = await db
		.insertInto('audit_counter')
		.values({ scope: scopeOf(workspaceId), seq: count, hash: null })
		.onConflict((conflict) =>
			conflict.column('scope').doUpdateSet((set) => ({ seq: set('audit_counter.seq', '+', count) })),
		)
		.returning(['seq', 'hash'])
		.executeTakeFirstOrThrow()
	return { seq: seq - count, hash }
}

type Chained = {
	/** Of the columns of each entry, as they are kept. */
	readonly values: readonly (readonly Value[])[]
	readonly hashes: readonly string[]
}

/** `seq`: of its first entry. */
export type NumberedRow = { readonly row: NewAuditRow; readonly seq: number }

/** Chains rows one behind the other, the first behind the end of what is there. */
export function chain(rows: readonly NumberedRow[], end: ChainEnd['hash'], key: KeyObject): Chained {
	let before = end
	const hashes: string[] = []
	const values = rows.map(({ row, seq }) => {
		const list = hashedValues(row, seq)
		const hash = hashOfValues(list, before, key)
		before = hash
		hashes.push(hash)
		list.push(hash)
		return list
	})
	return { values, hashes }
}

export async function keepEnd(db: Kysely<StoreSchema>, workspaceId: string | null, hash: string | null): Promise<void> {
	await db.updateTable('audit_counter').set({ hash }).where('scope', '=', scopeOf(workspaceId)).execute()
}

const nothingBefore = Buffer.alloc(32)

/**
 * HMAC-SHA-256 of the hash before it (32 bytes; zeros before the first) and the row as a JSON list of its columns. A run of requests
 * stands behind that list as it is, not as a text in it, which would take as long again: a list that lacks `access` and goes on is no
 * other row's.
 */
export function hashOf(row: AuditRow, before: string | null, key: KeyObject): string {
	return hashOfValues(hashedValues(row, row.seq), before, key)
}

function hashOfValues(values: readonly Value[], before: string | null, key: KeyObject): string {
	return createHmac('sha256', key)
		.update(before === null ? nothingBefore : Buffer.from(before, 'base64url'))
		.update(canonical(values))
		.digest('base64url')
}

/** Whether this column is about several requests: of one it is an object. See `run.ts`. */
export const isRun = (access: string): boolean => access.startsWith('[')

const accessAt = auditColumns.indexOf('access')

function canonical(values: readonly Value[]): string {
	const access = values[accessAt]
	if (typeof access !== 'string' || !isRun(access)) return JSON.stringify(values)
	return JSON.stringify(values.toSpliced(accessAt, 1)) + access
}

const into: Into = { table: 'audit_event', columns: auditColumns }

export async function keepRows(handle: Pick<StoreHandle, 'db' | 'dialect'>, values: Chained['values']): Promise<void> {
	await insertRows(handle, into, values)
}
