import { fail, ok, type Problem, type Result } from '@postern/vocabulary'
import { actorOf } from '../../store/audit.ts'
import type { SiteApproval } from '../../store/site-approvals.ts'
import type { FinishPorts, Return } from './approval-ports.ts'

/**
 * Uses the state up all the same: what came with it was not what was asked for. Fails with `approval/state-used` where somebody
 * was quicker, by now the password that travelled may be gone, and with `approval/expired` where it is over since a moment ago.
 */
export async function refuseApproval(
	{
		approval,
		problem,
		leaves,
		passwordHash,
		session,
		requestId,
	}: Pick<Return, 'session' | 'requestId'> & {
		readonly approval: SiteApproval
		readonly problem: Problem
		/** The name of a password that stays at the site, with nobody to hold it. */
		readonly leaves?: string | undefined
		/** Of what came, where it could be read. */
		readonly passwordHash: string | null
	},
	{ store }: Pick<FinishPorts, 'store'>,
): Promise<Result<never>> {
	const { code, params } = problem
	const { host } = approval.site
	const kept = await store.transaction(async ({ siteApprovals, audit }): Promise<Result<void>> => {
		if (!(await siteApprovals.use(approval.stateHash, { kind: 'refused', code, params }, passwordHash))) {
			const now = await siteApprovals.find(approval.stateHash)
			if (now === undefined) return ok()
			return fail(now.usedAt === null ? 'approval/expired' : 'approval/state-used')
		}
		const entry = { workspaceId: approval.workspaceId, actor: actorOf(session), target: null, requestId }
		await audit.record({ ...entry, event: 'connector.approval-refused', params: { host, code } })
		if (leaves !== undefined)
			await audit.record({ ...entry, event: 'connector.password-left', params: { host, name: leaves } })
		return ok()
	})
	return kept.ok ? { ok: false, problem: { code, params } } : kept
}
