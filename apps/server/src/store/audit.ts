import { type AuditEvent, fail, ok, type Result } from '@postern/vocabulary'
import type { Kysely, Selectable } from 'kysely'
import * as z from 'zod/mini'
import { atomically, type StoreHandle } from './handle.ts'
import { newId } from './ids.ts'
import { readJson } from './json-column.ts'
import type { AuditEventTable, StoreSchema } from './schema.ts'
import { storable } from './storable.ts'

export type AuditActor = {
	/** `caller`: an application, with an application password of that account. */
	readonly kind: 'member' | 'caller' | 'postern' | 'visitor' | 'operator'
	/** The account's id, for a member. */
	readonly id: string | null
	readonly name: string | null
}

/** Who acts: a person, or an application with one of that person's application passwords. */
export type Acting = {
	readonly accountId: string
	readonly username: string
	readonly withPassword?: { readonly uuid: string; readonly name: string }
}

export function actorOf({ accountId, username, withPassword }: Acting): AuditActor {
	if (withPassword === undefined) return { kind: 'member', id: accountId, name: username }
	return { kind: 'caller', id: accountId, name: `${username} (${withPassword.name})` }
}

export type AuditTarget = { readonly kind: string; readonly id: string; readonly name: string }

export type AuditEntry = {
	/** Null for what concerns the whole installation. */
	readonly workspaceId: string | null
	readonly event: AuditEvent
	readonly actor: AuditActor
	readonly target: AuditTarget | null
	/** Shown to every member; never a secret. */
	readonly params: Readonly<Record<string, string | number>>
	readonly requestId: string | null
}

export type RecordedAuditEntry = AuditEntry & {
	readonly id: string
	/** Counts from 1 in each workspace, without gaps. */
	readonly seq: number
	readonly at: Date
}

export type AuditPage = { readonly entries: readonly RecordedAuditEntry[]; readonly nextCursor: string | null }

export type Audit = ReturnType<typeof auditOn>

export function auditOn(handle: StoreHandle) {
	const { db, now } = handle
	return {
		/** Records an event, in the transaction that causes it. On PostgreSQL the workspace's events then wait for its end. */
		record(entry: AuditEntry): Promise<RecordedAuditEntry> {
			return atomically(handle, async (transaction) => {
				const seq = await nextSeq(transaction, entry.workspaceId)
				const row = toRow({ ...entry, id: newId('evt'), seq, at: now() })
				await transaction.insertInto('audit_event').values(row).execute()
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
			const entries = rows.slice(0, query.limit).map(readRow)
			const last = rows.length > query.limit ? entries.at(-1) : undefined
			return ok({ entries, nextCursor: last === undefined ? null : String(last.seq) })
		},
	}
}

async function nextSeq(db: Kysely<StoreSchema>, workspaceId: string | null): Promise<number> {
	const { seq } = await db
		.insertInto('audit_counter')
		.values({ scope: workspaceId ?? 'installation', seq: 1 })
		.onConflict((conflict) =>
			conflict.column('scope').doUpdateSet((set) => ({ seq: set('audit_counter.seq', '+', 1) })),
		)
		.returning('seq')
		.executeTakeFirstOrThrow()
	return seq
}

function toRow(entry: RecordedAuditEntry): AuditEventTable {
	return {
		id: entry.id,
		workspace_id: entry.workspaceId,
		seq: entry.seq,
		at: entry.at.getTime(),
		event: entry.event,
		actor_kind: entry.actor.kind,
		actor_id: entry.actor.id,
		actor_name: entry.actor.name === null ? null : storable(entry.actor.name),
		target_kind: entry.target?.kind ?? null,
		target_id: entry.target?.id ?? null,
		target_name: entry.target === null ? null : storable(entry.target.name),
		params: JSON.stringify(entry.params),
		request_id: entry.requestId,
	}
}

const paramsJson = z.record(z.string(), z.union([z.string(), z.number()]))

function readRow(row: Selectable<AuditEventTable>): RecordedAuditEntry {
	const { target_kind: kind, target_id: id, target_name: name } = row
	return {
		id: row.id,
		seq: row.seq,
		at: new Date(row.at),
		workspaceId: row.workspace_id,
		event: row.event,
		actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
		target: kind === null || id === null || name === null ? null : { kind, id, name },
		params: readJson(row.params, paramsJson),
		requestId: row.request_id,
	}
}
