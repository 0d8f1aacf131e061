import { fail, hasRole, ok, type Problem, type Result, Secret, type SiteCredential } from '@postern/vocabulary'
import { type Approval, isSameApprovedSite, readApproval } from '@postern/wordpress'
import { hashToken } from '../../accounts/one-time-token.ts'
import type { ConnectorType } from '../../connectors/connector-type.ts'
import { proveConnection } from '../../connectors/prove-connection.ts'
import { findConnectorType } from '../../connectors/registry.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { plainReach } from '../../store/connector/reach.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import { findOwnPassword } from '../own-password.ts'
import type { RotationPorts } from '../rotate-connector/rotation-ports.ts'
import type { FinishPorts, Proven, Return } from './approval-ports.ts'
import { hashSession, isStateLike } from './approval-state.ts'
import { keepApproved } from './keep-approved.ts'
import { refuseApproval } from './refuse-approval.ts'

/**
 * Takes the password that WordPress sends a person back with: only for the session, workspace and site that began, only once, only
 * in ten minutes, and only when the site takes it for the user it names. Then it is rotated. Fails with `approval/…`, and with
 * what is wrong at the site; then nothing is stored.
 */
export async function finishApproval(back: Return, ports: FinishPorts): Promise<Result<Connector>> {
	const found = await findApproval(back, ports)
	if (!found.ok) return found
	const approval = found.value
	const startedAt = performance.now()
	const outcome = await prove(back, approval, ports)
	if (!outcome.ok) return refuseApproval({ approval, ...outcome, ...back }, ports)
	const latencyMs = performance.now() - startedAt
	const kept = await keepApproved({ approval, back, latencyMs, ...outcome.value }, ports)
	// Used up a moment ago: whoever did so has the password.
	if (kept.ok || kept.problem.code === 'approval/state-used') return kept
	return refuseApproval({ approval, problem: kept.problem, leaves: approval.appName, ...back }, ports)
}

/** A state of another session, or of nobody, is not told apart, and stays as it is. */
async function findApproval({ state, session }: Return, { store, now }: FinishPorts): Promise<Result<SiteApproval>> {
	const approval = isStateLike(state) ? await store.siteApprovals.find(hashToken(new Secret(state))) : undefined
	const isOurs = approval?.accountId === session.accountId && approval.sessionHash === hashSession(session.sessionId)
	if (approval === undefined || !isOurs) return fail('approval/state-unknown')
	const member = await store.members.findByAccount(approval.workspaceId, session.accountId)
	if (!member || !hasRole(member.role, 'editor')) return fail('approval/state-unknown')
	if (approval.usedAt !== null) return fail('approval/state-used')
	return approval.expiresAt <= now() ? fail('approval/expired') : ok(approval)
}

/** `leaves`: the name of a password that stays at the site, with nobody to hold it. */
type Outcome =
	| { readonly ok: true; readonly value: Proven }
	| { readonly ok: false; readonly problem: Problem; readonly leaves?: string }

async function prove({ query, signal }: Return, approval: SiteApproval, ports: FinishPorts): Promise<Outcome> {
	const { site, connectorId, workspaceId } = approval
	const { host } = site
	const read = readApproval(query)
	if (!read.ok) return read
	if (read.value.kind !== 'approved') return declined(read.value, host)
	const { siteUrl, userLogin } = read.value
	if (!isSameApprovedSite(siteUrl, site)) return fail('approval/site-mismatch', { params: { host } })
	const credential = await readCredential(read.value, approval, ports)
	if (!credential.ok) return credential
	const replaced = connectorId === null ? undefined : await ports.store.connectors.find(workspaceId, connectorId)
	if (connectorId !== null && replaced === undefined) return { ...fail('request/not-found'), leaves: approval.appName }
	const type = findConnectorType(approval.type)
	if (!type.ok) return type
	const reach = { ...plainReach, pin: approval.certificatePin ?? undefined }
	const claim = { type: type.value, address: site.siteUrl, reach, origin: new URL(site.siteUrl).origin }
	const proven = await proveConnection({ ...claim, credential: credential.value }, { ...ports, signal })
	if (!proven.ok) return { ok: false, problem: proven.diagnosis, leaves: approval.appName }
	const { username } = proven.value.account
	const outcome = { facts: proven.value, credential: credential.value, reach, replaced }
	if (username.toLowerCase() === userLogin.trim().toLowerCase()) return ok(outcome)
	const isGone = await removeTravelled(outcome, type.value, { ...ports, signal })
	const refused = fail('approval/user-mismatch', { params: { host } })
	return isGone ? refused : { ...refused, leaves: approval.appName }
}

/** What nobody may keep should not open the site either. */
async function removeTravelled({ facts, credential, reach }: Proven, type: ConnectorType, ports: RotationPorts) {
	const { site, notes, account, applicationPassword } = facts
	if (applicationPassword.uuid === null || type.passwords === undefined) return false
	const reached = { site, notes, account, applicationPassword, reach, credential }
	return (await type.passwords.delete(reached, applicationPassword.uuid, ports)).ok
}

function declined(answer: Exclude<Approval, { kind: 'approved' }>, host: string): Result<never> {
	return answer.kind === 'rejected' ? fail('approval/rejected') : fail('approval/disabled', { params: { host } })
}

/** Judged as what is typed is; the type knows what its fields are called. */
async function readCredential(
	{ userLogin, password }: Extract<Approval, { kind: 'approved' }>,
	{ type: id }: SiteApproval,
	ports: FinishPorts,
): Promise<Result<SiteCredential>> {
	const type = findConnectorType(id)
	if (!type.ok) return type
	const { fields } = type.value.document
	const valueOf = ({ isUsername, kind }: (typeof fields)[number]): string => {
		if (isUsername) return userLogin
		return kind === 'secret' ? password.reveal() : ''
	}
	const typed = fields.map((field): [string, string] => [field.name, valueOf(field)])
	const credential = type.value.readCredential(Object.fromEntries(typed))
	if (!credential.ok) return credential
	const own = await findOwnPassword(credential.value.password, ports)
	return own === undefined ? credential : fail('site-credential/own')
}
