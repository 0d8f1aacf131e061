import { ok, type Problem, type Result } from '@postern/vocabulary'
import type { ProofResult } from '../../connectors/connector-type.ts'
import { actorOf } from '../../store/audit.ts'
import type { SiteApproval, UnusedPassword } from '../../store/site-approvals.ts'
import type { StoreFunctions } from '../../store/store.ts'
import type { FinishPorts, Return } from './approval-ports.ts'
import type { Arrived } from './read-arrival.ts'
import { type Dropped, proveArrived, removeArrived } from './visit-with-arrived.ts'

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

type Refused = Omit<Late, 'arrived' | 'asked'> & {
	readonly arrived: Arrived
	readonly asked: ProofResult
	readonly problem: Problem
}

/**
 * Removes the password of an approval that was just used up in vain, where the site took it: nobody goes on with it, since another
 * click makes another one. Used up first, so that nothing can be connected with it any more.
 */
export async function dropRefused(
	{ approval, back, arrived, asked, problem }: Refused,
	ports: FinishPorts,
): Promise<void> {
	const dropped = await removeArrived(arrived, { approval, asked }, { ...ports, signal: back.signal })
	const password = 'name' in dropped ? { state: dropped.kind, name: dropped.name } : undefined
	const { code, params } = problem
	await ports.store.transaction(async ({ siteApprovals, audit }) => {
		await siteApprovals.settle(approval.stateHash, { kind: 'refused', code, params, password })
		if (password !== undefined) await recordDropped({ approval, back }, password, audit)
		return ok()
	})
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
	const visiting = { ...ports, signal: back.signal }
	// Before anything is sent.
	if (asked === undefined && !ports.limit.take({ accountId, workspaceId }).ok) return { kind: 'left', name: appName }
	await ports.store.audit.record({
		...entryOf(approval, back),
		event: 'connector.approval-refused',
		params: { host: site.host, code: over(approval).code },
	})
	const said = asked ?? (await proveArrived(arrived, approval, visiting))
	return removeArrived(arrived, { approval, asked: said }, visiting)
}

type Noted = Pick<Late, 'approval' | 'back'> & { readonly dropped: Dropped; readonly passwordHash: string }

async function note({ approval, back, dropped, passwordHash }: Noted, { store }: FinishPorts): Promise<Result<never>> {
	const problem = problemOf(dropped, approval)
	await store.transaction(async ({ siteApprovals, audit }) => {
		await siteApprovals.noteAgain(approval.stateHash, { passwordHash, ...problem })
		if ('name' in dropped) {
			const { kind: state, name } = dropped
			await recordDropped({ approval, back }, { state, name }, audit)
		}
		return ok()
	})
	return { ok: false, problem }
}

async function recordDropped(
	{ approval, back }: Pick<Late, 'approval' | 'back'>,
	{ state, name }: UnusedPassword,
	audit: StoreFunctions['audit'],
): Promise<void> {
	const event = state === 'removed' ? 'connector.password-removed' : 'connector.password-left'
	await audit.record({ ...entryOf(approval, back), event, params: { host: approval.site.host, name } })
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
