import { contract } from '@postern/api/contract'
import { queryOptions } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'

export function membersQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['workspace', workspaceId, 'members'],
		queryFn: ({ signal }) => askApi(contract.listMembers, { workspaceId }, signal),
	})
}

export function invitationsQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['workspace', workspaceId, 'invitations'],
		queryFn: ({ signal }) => askApi(contract.listInvitations, { workspaceId }, signal),
	})
}
