import { contract, type ProfileDocument } from '@postern/api/contract'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'

export function profileQuery(workspaceId: string, memberId: string) {
	return queryOptions({
		queryKey: ['workspace', workspaceId, 'profiles', memberId],
		queryFn: ({ signal }) => askApi(contract.getProfile, { workspaceId, memberId }, signal),
		// A role or the rule for all may have changed on another page.
		refetchOnMount: 'always',
	})
}

/** Shows what the server says about a profile now. */
export function useKeepProfile(workspaceId: string): (profile: ProfileDocument) => void {
	const queries = useQueryClient()
	return (profile) => queries.setQueryData(profileQuery(workspaceId, profile.memberId).queryKey, profile)
}
