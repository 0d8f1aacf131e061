import { type ProblemCode, problems } from '@postern/vocabulary'
import * as z from 'zod/mini'
import { newEventId } from '../ids.ts'
import { readJson } from '../json-column.ts'
import { storable } from '../storable.ts'
import type { NewAuditRow } from './audit-chain.ts'
import {
	type AuditAccess,
	type AuditEntry,
	type AuditTarget,
	accessEnds,
	type RecordedAuditEntry,
} from './audit-entry.ts'
import type { AuditLine } from './run.ts'

/** An entry that is no request. */
export function rowOf(entry: AuditEntry, at: Date): NewAuditRow {
	const { target } = entry
	return {
		...whoAndWhat(entry),
		id: newEventId(at.getTime()),
		at: at.getTime(),
		params: JSON.stringify(entry.params),
		password_uuid: target?.kind === 'application-password' ? target.id : null,
		password_name: null,
		connector_id: target?.kind === 'connector' ? target.id : null,
		decision: null,
		access: null,
		finishes: null,
	}
}

/** The columns that every entry fills alike. */
function whoAndWhat({ workspaceId, event, actor, target, requestId }: Omit<AuditEntry, 'params'>) {
	return {
		workspace_id: workspaceId,
		event,
		actor_kind: actor.kind,
		actor_id: actor.id,
		actor_name: actor.name === null ? null : storable(actor.name),
		target_kind: target?.kind ?? null,
		target_id: target?.id ?? null,
		target_name: target === null ? null : storable(target.name),
		request_id: requestId,
	}
}

const paramsJson = z.record(z.string(), z.union([z.string(), z.number()]))
const problemCode = z.custom<ProblemCode>((code) => typeof code === 'string' && code in problems)
const endJson = z.object({
	problem: z.nullable(problemCode),
	status: z.nullable(z.number()),
	sentBytes: z.nullable(z.number()),
	receivedBytes: z.nullable(z.number()),
	durationMs: z.nullable(z.number()),
	end: z.nullable(z.enum(accessEnds)),
})
const accessJson = z.extend(endJson, {
	method: z.string(),
	route: z.string(),
	scope: z.string(),
	isWrite: z.boolean(),
	ip: z.string(),
})

/** `end`: tells how the request ended, where another entry does. */
export function readLine(row: AuditLine, end?: AuditLine): RecordedAuditEntry {
	const access = readAccess(row, end)
	return {
		id: row.id,
		seq: row.seq,
		at: new Date(row.at),
		workspaceId: row.workspace_id,
		event: row.event,
		actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
		target: readTarget(row),
		params: access === null ? readJson(row.params, paramsJson) : paramsOf(access),
		requestId: row.request_id,
		access,
	}
}

function readTarget({ target_kind: kind, target_id: id, target_name: name }: AuditLine): AuditTarget | null {
	return kind === null || id === null || name === null ? null : { kind, id, name }
}

function readAccess(row: AuditLine, end: AuditLine | undefined): AuditAccess | null {
	if (row.access === null || row.decision === null) return null
	const began = accessJson.parse(row.access)
	const ended = end === undefined ? {} : endJson.parse(end.access)
	const target = readTarget(row)
	const { password_uuid: uuid, password_name: name } = row
	return {
		...began,
		...ended,
		decision: row.decision,
		requestId: row.request_id ?? '',
		password: uuid === null ? null : { uuid, name: name ?? '' },
		connector: target === null ? null : { id: target.id, name: target.name },
	}
}

/** What the sentence of a request says. */
function paramsOf({ method, route, decision, problem }: AuditAccess): RecordedAuditEntry['params'] {
	return decision === 'refused' ? { method, route, code: problem ?? '' } : { method, route }
}
