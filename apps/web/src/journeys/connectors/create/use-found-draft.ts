import { contract } from '@postern/api/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client, ProblemError } from '../../../api/client.ts'
import { useWorkspace } from '../../../api/session.ts'
import { draftsQuery } from '../connector-queries.ts'
import { isReplacing } from '../rotation-on-arrival.ts'
import { findDraft, type FoundDraft } from './find-draft.ts'

export const foundDraftKey = (workspaceId: string, draftId: string) => ['connectors', workspaceId, 'draft', draftId]

/** The verified connection an address speaks of: fresh from *Authorize*, or asked for after a reload. */
export function useFoundDraft(draftId: string) {
	const { id: workspaceId } = useWorkspace()
	const queryClient = useQueryClient()
	const known = queryClient.getQueryData(draftsQuery(workspaceId).queryKey)?.find(({ id }) => id === draftId)
	return useQuery<FoundDraft>({
		queryKey: foundDraftKey(workspaceId, draftId),
		queryFn: () =>
			findDraft(draftId, {
				listDrafts: () => queryClient.fetchQuery({ ...draftsQuery(workspaceId), staleTime: 0 }),
				findConnector: async () => {
					const answer = await client.call(contract.getConnector, { workspaceId, connectorId: draftId })
					if (answer.ok) return answer.value
					if (answer.problem.code === 'request/not-found') return undefined
					throw new ProblemError(answer.problem)
				},
			}),
		...(known ? { initialData: { state: 'waiting', draft: known } } : {}),
		staleTime: 30_000,
		refetchInterval: ({ state: { data } }) => data?.state === 'waiting' && isReplacing(data.draft) && 1_500,
	})
}
