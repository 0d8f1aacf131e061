import { fail, ok, type Problem, type Result } from '@postern/vocabulary'
import { actorOf } from '../../store/audit.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import type { FinishPorts, Return } from './approval-ports.ts'

/**
 * Uses the state up all the same: what came with it was not what was asked for. Fails with `approval/state-used` where somebody
 * was quicker: by now the password that travelled may be gone, and that is no reason to tell anybody.
 */
export async function refuseApproval(
	{
		approval,
		problem,
		leaves,
		session,
		requestId,
	}: Pick<Return, 'session' | 'requestId'> & {
		readonly approval: SiteApproval
		readonly problem: Problem
		/** The name of a password that stays at the site, with nobody to hold it. */
		readonly leaves?: string
	},
	{ store }: Pick<FinishPorts, 'store'>,
): Promise<Result<never>> {
	const { code, params } = problem
	const { host } = approval.site
	const kept = await store.transaction(async ({ siteApprovals, audit }): Promise<Result<void>> => {
		if (!(await siteApprovals.use(approval.stateHash, { kind: 'refused', code, params }))) {
			const now = await siteApprovals.find(approval.stateHash)
			return now === undefined || now.usedAt === null ? ok() : fail('approval/state-used')
		}
		const entry = { workspaceId: approval.workspaceId, actor: actorOf(session), target: null, requestId }
		await audit.record({ ...entry, event: 'connector.approval-refused', params: { host, code } })
		if (leaves !== undefined)
			await audit.record({ ...entry, event: 'connector.password-left', params: { host, name: leaves } })
		return ok()
	})
	return kept.ok ? { ok: false, problem: { code, params } } : kept
}
