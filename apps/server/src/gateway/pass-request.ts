import type { Egress } from '@postern/egress'
import { accessesOfRest, decide, type Permit, type RestRequest } from '@postern/policy'
import type { Vault } from '@postern/vault'
import { isScope, type Problem, problems, type Result, type Scope } from '@postern/vocabulary'
import { openCredential } from '../access/open-credential.ts'
import { type AskedCall, recordDecision, type RecordedPermit, recordOutcome } from '../access/record-decision.ts'
import { settle } from '../access/settle.ts'
import type { PosternAppPasswords } from '../store/application-password/application-password.ts'
import { actorOf } from '../store/audit/audit-entry.ts'
import type { Store } from '../store/store.ts'
import { type Admitted, mayBeReached } from './admit.ts'
import type { Exchanged } from './exchange.ts'
import { forward } from './forward.ts'
import type { OpenStream } from './open-streams.ts'
import type { Received } from './receive.ts'
import type { Traffic, Visit } from './traffic.ts'

export type PassPorts = {
	readonly appPasswords: Pick<PosternAppPasswords, 'authenticate' | 'find' | 'revoke'>
	readonly store: Pick<Store, 'accessJournal' | 'connectors' | 'gatewayConnectors'>
	readonly vault: Vault
	readonly egress: { get(): Promise<Pick<Egress, 'ask' | 'dispatch' | 'problemOf'>> }
	readonly traffic: Traffic
	/** What every answer bears. */
	readonly always: readonly string[]
}

export type Passing = { readonly received: Received; readonly admitted: Admitted; readonly open: OpenStream }

/**
 * Decides on a request and passes it on. Each step takes what the one before it gives, so that none can be left out. Fails with
 * whatever keeps it from its site; nothing was answered then.
 */
export async function passRequest(
	read: Result<RestRequest>,
	passing: Passing,
	ports: PassPorts,
): Promise<Result<Exchanged>> {
	const { admitted, received } = passing
	const decision = decideOn(read, admitted)
	const recorded = await recordDecision(decision, askingOf(read, decision, passing), ports.store)
	if (!recorded.ok) return recorded
	const opened = await openCredential(recorded.value, ports)
	if (!opened.ok) return end(recorded.value, opened.problem, received)
	const visit = await ports.traffic.enter(trafficOf(admitted))
	if (!visit.ok) return end(recorded.value, visit.problem, received)
	const egress = await ports.egress.get()
	const settled = await settle(opened.value, { ask: egress.ask, site: admitted.site })
	if (!settled.ok) {
		await noticeRejection(settled.problem, admitted, ports)
		return leave(visit.value, settled.problem, end(recorded.value, settled.problem, received))
	}
	const exchanged = await forward(settled.value, { ...passing, egress, always: ports.always })
	visit.value.leave(exchanged.siteStatus !== null || exchanged.problem === null)
	recordOutcome(settled.value.recorded, outcomeOf(exchanged, passing))
	await noticeLogin(exchanged, settled.value.recorded.permit.request, { admitted, ports })
	const { problem, isBegun } = exchanged
	return problem === null || isBegun ? { ok: true, value: exchanged } : { ok: false, problem }
}

/** What may be reached now, what the request does there, and whether this password reaches that far. */
export function decideOn(
	read: Result<RestRequest>,
	{ principal, connector, site }: Admitted,
): Result<Permit<RestRequest>> {
	const reachable = mayBeReached(connector)
	if (!reachable.ok) return reachable
	if (!read.ok) return read
	const accesses = accessesOfRest(read.value, site)
	if (!accesses.ok) return accesses
	return decide(principal, connector.id, { request: read.value, accesses: accesses.value })
}

function askingOf(
	read: Result<RestRequest>,
	decision: Result<Permit<RestRequest>>,
	{ admitted: { held, connector }, received }: Passing,
) {
	const { user, password } = held
	const { uuid, name } = password
	const withPassword = { uuid, name }
	return {
		connector,
		actor: actorOf({ accountId: user.accountId, username: user.login, withPassword }),
		password: withPassword,
		requestId: received.requestId,
		ip: received.ip,
		writesPerDay: password.grants.writesPerDay,
		calls: [callOf(read, decision, received.method)],
	}
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What cannot be read has no route that anybody could name. */
function callOf(read: Result<RestRequest>, decision: Result<Permit<RestRequest>>, received: string): AskedCall {
	const method = read.ok ? read.value.method : received
	const route = read.ok ? `/${read.value.segments.join('/')}` : ''
	if (!decision.ok) return { method, route, scopes: missingOf(decision.problem), isWrite: !reading.has(method) }
	return { method, route, scopes: decision.value.scopes, isWrite: decision.value.isWrite }
}

function missingOf({ params: { scope } }: Problem): readonly Scope[] {
	return typeof scope === 'string' && isScope(scope) ? [scope] : []
}

const trafficOf = ({ connector: { id, workspaceId, site } }: Admitted) => ({ id, workspaceId, host: site.host })

/** Records what a request ends with that never reached its site. */
function end(recorded: RecordedPermit, problem: Problem, received: Received): Result<never> {
	const durationMs = elapsed(received)
	const { status } = problems[problem.code]
	recordOutcome(recorded, {
		status,
		problem: problem.code,
		sentBytes: 0,
		receivedBytes: 0,
		durationMs,
		end: 'complete',
	})
	return { ok: false, problem }
}

function leave<T>(visit: Visit, { code }: Problem, result: T): T {
	visit.leave(!code.startsWith('network/'))
	return result
}

function outcomeOf({ status, problem, end: how }: Exchanged, { open, received }: Passing) {
	const { sentBytes, receivedBytes } = open
	return {
		status: status ?? (problem === null ? null : problems[problem.code].status),
		problem: problem?.code ?? null,
		sentBytes,
		receivedBytes,
		durationMs: elapsed(received),
		end: how,
	}
}

const elapsed = ({ startedAt }: Received): number => Math.round(performance.now() - startedAt)

type Visited = { readonly admitted: Admitted; readonly ports: Pick<PassPorts, 'store'> }

/** Whether the site still takes our credential. A plugin's route may answer 401 for reasons of its own. */
async function noticeLogin(
	{ siteStatus, problem }: Exchanged,
	{ segments }: RestRequest,
	{ admitted, ports }: Visited,
): Promise<void> {
	const isOfCore = segments.length === 0 || segments[0] === 'wp'
	if (problem !== null && isOfCore) return noticeRejection(problem, admitted, ports)
	if (siteStatus !== null && siteStatus < 400) await noticeAcceptance(admitted, ports)
}

/** Counts it before anybody hears of it, so that the next try knows. */
export async function noticeRejection({ code }: Problem, { connector }: Admitted, { store }: Noticing): Promise<void> {
	if (code !== 'site-credential/rejected') return
	const { id, workspaceId, sealVersion } = connector
	await store.connectors.recordRejectedLogin(workspaceId, id, sealVersion)
}

export async function noticeAcceptance({ connector }: Admitted, { store }: Noticing): Promise<void> {
	const { id, workspaceId, sealVersion, rejectedLogins } = connector
	if (rejectedLogins > 0) await store.connectors.recordAcceptedLogin(workspaceId, id, sealVersion)
}

type Noticing = Pick<PassPorts, 'store'>
