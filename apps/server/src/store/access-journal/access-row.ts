import type { AccessOutcome } from '../audit/audit-entry.ts'
import type { NewAuditRow } from '../audit/audit-chain.ts'
import { whoAndWhat } from '../audit/audit-row.ts'
import { newEventId } from '../ids.ts'
import { storable } from '../storable.ts'
import type { AccessEntry, Beginning, Ending } from './access-entry.ts'

/** Longer ones are cut; no route of WordPress comes near. */
const maxRouteLength = 1_000

/** `isUsedUp`: it tells of a refusal, because the writes of the day are used up. */
export function beginningRow({ id, at, entry, outcome }: Beginning, isUsedUp: boolean): NewAuditRow {
	const refusal = { decision: 'refused', problem: 'gateway/writes-used-up' } as const
	const { method, route, scope, isWrite, ip, problem, decision } = isUsedUp ? { ...entry, ...refusal } : entry
	const event = decision === 'refused' ? 'site.refused' : isWrite ? 'site.changing' : 'site.requested'
	const access = {
		method,
		route: route.slice(0, maxRouteLength),
		scope,
		isWrite,
		ip,
		problem: outcome?.problem ?? problem,
		...endOf(outcome),
	}
	return rowOf(entry, event, { id: id ?? newEventId(at), at, decision, access: JSON.stringify(access), finishes: null })
}

/** `seq`: the number of what ends. */
export function endingRow({ id, at, of: { entry }, outcome }: Ending, seq: number | undefined): NewAuditRow {
	if (seq === undefined) throw new Error('nothing ends before it began')
	const access = JSON.stringify({ problem: outcome.problem, ...endOf(outcome) })
	return rowOf(entry, 'site.finished', { id: id ?? newEventId(at), at, decision: null, access, finishes: seq })
}

type Own = Pick<NewAuditRow, 'id' | 'at' | 'decision' | 'access' | 'finishes'>

function rowOf(entry: AccessEntry, event: NewAuditRow['event'], own: Own): NewAuditRow {
	const { workspaceId, actor, connector, requestId, password } = entry
	const target = { kind: 'connector', ...connector }
	return {
		...whoAndWhat({ workspaceId, event, actor, target, requestId }),
		...own,
		params: '{}',
		password_uuid: password?.uuid ?? null,
		password_name: password === null ? null : storable(password.name),
		connector_id: connector.id,
	}
}

function endOf(outcome: AccessOutcome | undefined) {
	return {
		status: outcome?.status ?? null,
		sentBytes: outcome?.sentBytes ?? null,
		receivedBytes: outcome?.receivedBytes ?? null,
		durationMs: outcome === undefined ? null : Math.round(outcome.durationMs),
		end: outcome?.end ?? null,
	}
}
