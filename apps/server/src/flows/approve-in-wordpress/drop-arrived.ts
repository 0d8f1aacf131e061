import type { Diagnosis, Problem, Result } from '@postern/vocabulary'
import type { ProofResult } from '../../connectors/connector-type.ts'
import { actorOf } from '../../store/audit.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import type { FinishPorts, Return } from './approval-ports.ts'
import type { Arrived } from './read-arrival.ts'
import { proveArrived, removeArrived } from './visit-with-arrived.ts'

export type Late = {
	readonly approval: SiteApproval
	readonly back: Return
	readonly arrived: Result<Arrived>
	/** What the site said of it, where it was asked already: nobody signs in twice. */
	readonly asked?: ProofResult | undefined
}

/**
 * Takes nothing: the approval was used, or its time is over. WordPress has made a password all the same, and it came in an address;
 * so it is removed there, unless it is the one that this approval connected with, or another connector lives on it. Fails with
 * `approval/state-used` and `approval/expired`, with `approval/repeated` where one was removed that came beside the first, and
 * with `approval/password-left` where one stays.
 */
export async function dropArrived(late: Late, ports: FinishPorts): Promise<Result<never>> {
	const { approval, arrived } = late
	if (!arrived.ok) return unread(late, arrived.problem, ports)
	const before = toldBefore(approval, arrived.value.passwordHash)
	if (before !== undefined) return { ok: false, problem: before }
	const dropped = await drop({ ...late, arrived: arrived.value }, ports)
	return note({ ...late, dropped, passwordHash: arrived.value.passwordHash }, ports)
}

/** What becomes of a password that came too late. */
type Dropped = { readonly kind: 'removed' | 'left'; readonly name: string } | { readonly kind: 'useless' | 'in-use' }

function over({ usedAt }: SiteApproval): Problem {
	return { code: usedAt === null ? 'approval/expired' : 'approval/state-used', params: {} }
}

/** Of an approval that has not been used up it is told what is wrong with the answer: there may be no password at all. */
async function unread({ approval }: Late, problem: Problem, { store }: FinishPorts): Promise<Result<never>> {
	if (approval.usedAt !== null) return { ok: false, problem: over(approval) }
	const { code, params } = problem
	await store.siteApprovals.noteAgain(approval.stateHash, { passwordHash: null, code, params })
	return { ok: false, problem: { code, params } }
}

/**
 * Somebody loads an address again: nothing is asked and nothing removed. An approval that connected before there were hashes is
 * trusted to have connected with this one.
 */
function toldBefore(approval: SiteApproval, arrivedHash: string): Problem | undefined {
	const { usedAt, outcome, passwordHash, again } = approval
	if (again !== null && again.passwordHash === arrivedHash) return { code: again.code, params: again.params }
	const isUnknown = usedAt !== null && passwordHash === null && outcome?.kind !== 'refused'
	return passwordHash === arrivedHash || isUnknown ? over(approval) : undefined
}

type Dropping = Omit<Late, 'arrived'> & { readonly arrived: Arrived }

async function drop({ approval, back, arrived, asked }: Dropping, ports: FinishPorts): Promise<Dropped> {
	const { workspaceId, accountId, appName, site } = approval
	const left = { kind: 'left', name: appName } as const
	const visiting = { ...ports, signal: back.signal }
	// Before anything is sent.
	if (asked === undefined && !ports.limit.take({ accountId, workspaceId }).ok) return left
	await ports.store.audit.record({
		...entryOf(approval, back),
		event: 'connector.approval-refused',
		params: { host: site.host, code: over(approval).code },
	})
	const proven = asked ?? (await proveArrived(arrived, approval, visiting))
	if (!proven.ok) return opensNothing(proven.diagnosis) ? { kind: 'useless' } : left
	const facts = proven.value
	const { uuid, name } = facts.applicationPassword
	const password = { workspaceId, siteOrigin: facts.site.origin, passwordUuid: uuid ?? '' }
	if (uuid !== null && (await ports.store.rotations.isInUse(password))) return { kind: 'in-use' }
	const isGone = await removeArrived(arrived, { approval, facts }, visiting)
	return { kind: isGone ? 'removed' : 'left', name: name ?? appName }
}

/** Somebody removed it already, or another request with the same address was quicker. */
function opensNothing({ code, certainty }: Diagnosis): boolean {
	return code === 'site-credential/rejected' && certainty === 'sure'
}

type Noted = Pick<Late, 'approval' | 'back'> & { readonly dropped: Dropped; readonly passwordHash: string }

async function note({ approval, back, dropped, passwordHash }: Noted, { store }: FinishPorts): Promise<Result<never>> {
	const { host } = approval.site
	const problem = problemOf(dropped, approval)
	await store.transaction(async ({ siteApprovals, audit }) => {
		await siteApprovals.noteAgain(approval.stateHash, { passwordHash, ...problem })
		if (!('name' in dropped)) return { ok: true, value: undefined }
		const event = dropped.kind === 'removed' ? 'connector.password-removed' : 'connector.password-left'
		await audit.record({ ...entryOf(approval, back), event, params: { host, name: dropped.name } })
		return { ok: true, value: undefined }
	})
	return { ok: false, problem }
}

function problemOf(dropped: Dropped, approval: SiteApproval): Problem {
	const { host } = approval.site
	if (dropped.kind === 'left') return { code: 'approval/password-left', params: { host, name: dropped.name } }
	if (dropped.kind === 'in-use') return { code: 'approval/state-used', params: {} }
	if (dropped.kind === 'useless' || approval.usedAt === null) return over(approval)
	return { code: 'approval/repeated', params: { host } }
}

function entryOf({ workspaceId }: SiteApproval, { session, requestId }: Return) {
	return { workspaceId, actor: actorOf(session), target: null, requestId } as const
}
