import { fail, ok } from '@postern/vocabulary'
import type { Store } from '../../store/store.ts'
import type { Handlers } from '../api.ts'

const dayMs = 86_400_000

export function connectorHistoryHandler({
	store,
	now,
}: {
	readonly store: Store
	readonly now: () => Date
}): Pick<Handlers, 'getConnectorHistory'> {
	return {
		async getConnectorHistory({ member, path, query }) {
			const { workspaceId } = member
			const connectorId = path['connectorId'] ?? ''
			if (!(await store.connectors.find(workspaceId, connectorId))) return fail('request/not-found')
			const since = new Date(now().getTime() - Number(query.days ?? '30') * dayMs)
			const [checks, job] = await Promise.all([
				store.connectors.listChecks(workspaceId, connectorId, since),
				store.jobs.find('connector.check', connectorId),
			])
			return ok({
				checks: checks.map(({ at, ...check }) => ({ at: at.toISOString(), ...check })),
				nextCheckAt: job === undefined || job.isLeased ? null : job.runAt.toISOString(),
				isChecking: job?.isLeased ?? false,
			})
		},
	}
}
