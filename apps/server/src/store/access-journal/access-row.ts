import type { NewAuditRow } from '../audit/audit-chain.ts'
import { newEventId } from '../ids.ts'
import { storable } from '../storable.ts'
import type { RunMember } from '../audit/run.ts'
import type { AccessEntry, Beginning, Ending } from './access-entry.ts'

/** Longer ones are cut; no route of WordPress comes near. */
const maxRouteLength = 1_000

/** One request, or a run of them. `isUsedUp`: it tells of a refusal, because the writes of the day are used up. */
export function beginningRow(run: readonly [Beginning, ...Beginning[]], isUsedUp: boolean): NewAuditRow {
	const [first] = run
	const { id, at, entry } = first
	const decision = isUsedUp ? 'refused' : entry.decision
	const problem = isUsedUp ? 'gateway/writes-used-up' : entry.problem
	const event = decision === 'refused' ? 'site.refused' : entry.isWrite ? 'site.changing' : 'site.requested'
	const access = JSON.stringify(run.length === 1 ? accessOf(first, problem) : run.map(memberOf))
	return rowOf(entry, event, { id: id ?? newEventId(at), at, decision, access, finishes: null })
}

/** Whether it can stand in one row with another, behind it. What somebody waits for stands alone. */
export function continuesRun(beginning: Beginning, before: Beginning): boolean {
	const [own, other] = [beginning.entry, before.entry]
	return (
		beginning.answer === undefined &&
		before.answer === undefined &&
		beginning.id === before.id &&
		own.decision === other.decision &&
		own.isWrite === other.isWrite &&
		own.password?.uuid === other.password?.uuid &&
		own.password?.name === other.password?.name &&
		own.connector.id === other.connector.id &&
		own.connector.name === other.connector.name &&
		own.actor.kind === other.actor.kind &&
		own.actor.id === other.actor.id &&
		own.actor.name === other.actor.name
	)
}

const memberOf = (beginning: Beginning): RunMember => {
	const { at, entry } = beginning
	return [at, entry.requestId, accessOf(beginning, entry.problem)]
}

function accessOf({ entry, outcome }: Beginning, problem: AccessEntry['problem']) {
	const { method, route, scope, isWrite, ip } = entry
	return {
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
