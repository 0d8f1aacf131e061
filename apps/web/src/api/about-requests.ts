import { contract } from '@postern/api/contract'
import { queryOptions } from '@tanstack/react-query'
import { askApi } from './client.ts'

/** What our requests to sites look like; the same until the server starts anew. */
export const aboutRequestsQuery = queryOptions({
	queryKey: ['about-requests'],
	queryFn: ({ signal }) => askApi(contract.getAboutRequests, {}, signal),
	staleTime: Infinity,
})
