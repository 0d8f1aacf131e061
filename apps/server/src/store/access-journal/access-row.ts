import type { NewAuditRow } from '../audit/audit-chain.ts'
import { newEventId } from '../ids.ts'
import { storable } from '../storable.ts'
import type { AccessEntry, Beginning, Ending } from './access-entry.ts'

/** Longer ones are cut; no route of WordPress comes near. */
const maxRouteLength = 1_000

/** `isUsedUp`: it tells of a refusal, because the writes of the day are used up. */
export function beginningRow({ id, at, entry, outcome }: Beginning, isUsedUp: boolean): NewAuditRow {
	const { method, route, scope, isWrite, ip } = entry
	const decision = isUsedUp ? 'refused' : entry.decision
	const problem = isUsedUp ? 'gateway/writes-used-up' : entry.problem
	const event = decision === 'refused' ? 'site.refused' : isWrite ? 'site.changing' : 'site.requested'
	const access = {
		method,
		route: route.length > maxRouteLength ? route.slice(0, maxRouteLength) : route,
		scope,
		isWrite,
		ip,
		problem: outcome?.problem ?? problem,
		status: outcome?.status ?? null,
		sentBytes: outcome?.sentBytes ?? null,
		receivedBytes: outcome?.receivedBytes ?? null,
		durationMs: outcome === undefined ? null : Math.round(outcome.durationMs),
		end: outcome?.end ?? null,
	}
	return rowOf(entry, event, { id: id ?? newEventId(at), at, decision, access: JSON.stringify(access), finishes: null })
}

/** `seq`: the number of what ends. */
export function endingRow({ id, at, of: { entry }, outcome }: Ending, seq: number | undefined): NewAuditRow {
	if (seq === undefined) throw new Error('nothing ends before it began')
	const { problem, status, sentBytes, receivedBytes, durationMs, end } = outcome
	const access = { problem, status, sentBytes, receivedBytes, durationMs: Math.round(durationMs), end }
	const own = { id: id ?? newEventId(at), at, decision: null, access: JSON.stringify(access), finishes: seq }
	return rowOf(entry, 'site.finished', own)
}

type Own = Pick<NewAuditRow, 'id' | 'at' | 'decision' | 'access' | 'finishes'>

/** Written out: put together of parts, with `whoAndWhat`, it takes several times as long, for every request. */
function rowOf(entry: AccessEntry, event: NewAuditRow['event'], own: Own): NewAuditRow {
	const { actor, connector, password } = entry
	return {
		id: own.id,
		workspace_id: entry.workspaceId,
		at: own.at,
		event,
		actor_kind: actor.kind,
		actor_id: actor.id,
		actor_name: actor.name === null ? null : storable(actor.name),
		target_kind: 'connector',
		target_id: connector.id,
		target_name: storable(connector.name),
		params: '{}',
		request_id: entry.requestId,
		password_uuid: password === null ? null : password.uuid,
		password_name: password === null ? null : storable(password.name),
		connector_id: connector.id,
		decision: own.decision,
		access: own.access,
		finishes: own.finishes,
	}
}
