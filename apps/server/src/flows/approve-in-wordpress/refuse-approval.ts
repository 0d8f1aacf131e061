import { fail, type Failure, ok, type Problem, type Result } from '@postern/vocabulary'
import { actorOf } from '../../store/audit.ts'
import type { SiteApproval, UnusedPassword } from '../../store/site-approvals.ts'
import type { FinishPorts, Return } from './approval-ports.ts'

/**
 * Uses the state up all the same: what came with it was not what was asked for. Fails with `approval/state-used` where somebody
 * was quicker, by now the password that travelled may be gone, and with `approval/expired` where it is over since a moment ago.
 */
export async function refuseApproval(
	{
		approval,
		problem,
		password,
		mayRemove = false,
		passwordHash,
		session,
		requestId,
	}: Pick<Return, 'session' | 'requestId'> & {
		readonly approval: SiteApproval
		readonly problem: Problem
		readonly password?: UnusedPassword | undefined
		/** Whether it stays is seen later, and recorded then. */
		readonly mayRemove?: boolean
		/** Of what came, where it could be read. */
		readonly passwordHash: string | null
	},
	{ store }: Pick<FinishPorts, 'store'>,
): Promise<Failure> {
	const { code, params } = problem
	const { host } = approval.site
	const kept = await store.transaction(async ({ siteApprovals, audit }): Promise<Result<void>> => {
		if (!(await siteApprovals.use(approval.stateHash, { kind: 'refused', code, params, password }, passwordHash))) {
			const now = await siteApprovals.find(approval.stateHash)
			if (now === undefined) return ok()
			return fail(now.usedAt === null ? 'approval/expired' : 'approval/state-used')
		}
		const entry = { workspaceId: approval.workspaceId, actor: actorOf(session), target: null, requestId }
		await audit.record({ ...entry, event: 'connector.approval-refused', params: { host, code } })
		if (password?.state === 'left' && !mayRemove)
			await audit.record({ ...entry, event: 'connector.password-left', params: { host, name: password.name } })
		return ok()
	})
	return kept.ok ? { ok: false, problem: { code, params } } : kept
}
