import { fail, hasRole, ok, type Problem, type Result, Secret } from '@postern/vocabulary'
import { hashToken } from '../../accounts/one-time-token.ts'
import type { ProofResult } from '../../connectors/connector-type.ts'
import type { Connector } from '../../store/connector/connector.ts'
import type { SiteApproval, UnusedPassword } from '../../store/site-approvals.ts'
import type { FinishPorts, Proven, Return } from './approval-ports.ts'
import { hashSession, isStateLike } from './approval-state.ts'
import { dropArrived, dropRefused, type Late } from './drop-arrived.ts'
import { keepApproved } from './keep-approved.ts'
import { type Arrived, readArrival } from './read-arrival.ts'
import { refuseApproval } from './refuse-approval.ts'
import { proveArrived, reachOf } from './visit-with-arrived.ts'

/**
 * Takes the password that WordPress sends a person back with: only for the session, workspace and site that began, only once, only
 * in ten minutes, and only when the site takes it for the user it names. Then it is rotated. Fails with `approval/…`, and with
 * what is wrong at the site; then nothing is stored, and what came is removed at the site, or named to whoever has to revoke it.
 */
export async function finishApproval(back: Return, ports: FinishPorts): Promise<Result<Connector>> {
	const found = await findApproval(back, ports)
	if (!found.ok) return found
	const approval = found.value
	const arrived = await readArrival(back, approval, ports)
	if (isOver(approval, ports)) return dropArrived({ approval, back, arrived }, ports)
	const refusing = { approval, ...back }
	if (!arrived.ok) {
		const { problem } = arrived
		const password = unread(problem, approval)
		return refuseApproval({ ...refusing, problem, password, passwordHash: null }, ports)
	}
	const { passwordHash } = arrived.value
	const startedAt = performance.now()
	const outcome = await prove(arrived.value, { approval, back }, ports)
	const latencyMs = performance.now() - startedAt
	const kept = outcome.ok
		? await keepApproved({ approval, back, latencyMs, passwordHash, ...outcome.value }, ports)
		: outcome
	if (kept.ok) return kept
	const { problem } = kept
	const late = { approval, back, arrived, asked: outcome.asked }
	if (outcome.ok && overCodes.has(problem.code)) return dropLoser(late, ports)
	const mayRemove = outcome.asked.ok || outcome.asked.facts !== undefined
	const password = { state: 'left', name: approval.appName } as const
	const refused = await refuseApproval({ ...refusing, problem, password, mayRemove, passwordHash }, ports)
	if (overCodes.has(refused.problem.code)) return dropLoser(late, ports)
	if (mayRemove) await dropRefused({ ...late, arrived: arrived.value, problem }, ports)
	return refused
}

/** Of an answer that cannot be used nothing is sent anywhere; WordPress may have made a password all the same. */
function unread({ code }: Problem, { appName }: SiteApproval): UnusedPassword | undefined {
	return code === 'approval/rejected' || code === 'approval/disabled' ? undefined : { state: 'left', name: appName }
}

const overCodes: ReadonlySet<string> = new Set(['approval/state-used', 'approval/expired'])

/** A state of another session, or of nobody, is not told apart, and stays as it is. */
async function findApproval({ state, session }: Return, { store }: FinishPorts): Promise<Result<SiteApproval>> {
	const approval = isStateLike(state) ? await store.siteApprovals.find(hashToken(new Secret(state))) : undefined
	const isOurs = approval?.accountId === session.accountId && approval.sessionHash === hashSession(session.sessionId)
	if (approval === undefined || !isOurs) return fail('approval/state-unknown')
	const member = await store.members.findByAccount(approval.workspaceId, session.accountId)
	return member && hasRole(member.role, 'editor') ? ok(approval) : fail('approval/state-unknown')
}

function isOver({ usedAt, expiresAt }: SiteApproval, { now }: FinishPorts): boolean {
	return usedAt !== null || expiresAt <= now()
}

/** Used up, or over, since a moment ago: whoever was quicker may have come with another password. */
async function dropLoser(late: Late, ports: FinishPorts): Promise<Result<never>> {
	const approval = await ports.store.siteApprovals.find(late.approval.stateHash)
	return approval === undefined ? fail('approval/state-unknown') : dropArrived({ ...late, approval }, ports)
}

/** `asked`: what the site says of the password. */
type Outcome = { readonly asked: ProofResult } & Result<Proven>

async function prove(
	arrived: Arrived,
	{ approval, back }: { readonly approval: SiteApproval; readonly back: Return },
	ports: FinishPorts,
): Promise<Outcome> {
	const { connectorId, workspaceId, site } = approval
	const visiting = { ...ports, signal: back.signal }
	const replaced = connectorId === null ? undefined : await ports.store.connectors.find(workspaceId, connectorId)
	const asked = await proveArrived(arrived, approval, visiting)
	if (connectorId !== null && replaced === undefined) return { ...fail('request/not-found'), asked }
	if (!asked.ok) return { ok: false, problem: asked.diagnosis, asked }
	const facts = asked.value
	const proven = { facts, credential: arrived.credential, reach: reachOf(approval), replaced }
	if (facts.account.username.toLowerCase() === arrived.userLogin.trim().toLowerCase())
		return { ok: true, value: proven, asked }
	return { ...fail('approval/user-mismatch', { params: { host: site.host } }), asked }
}
