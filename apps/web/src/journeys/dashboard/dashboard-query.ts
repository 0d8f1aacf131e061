import { contract, type OutputOf } from '@postern/api/contract'
import { queryOptions } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'

export type Dashboard = OutputOf<typeof contract.getDashboard>

export function dashboardQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['dashboard', workspaceId],
		queryFn: ({ signal }): Promise<Dashboard> => askApi(contract.getDashboard, { workspaceId }, signal),
		refetchOnMount: 'always',
	})
}
