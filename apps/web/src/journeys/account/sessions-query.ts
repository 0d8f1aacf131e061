import { contract } from '@postern/api/contract'
import { queryOptions } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'

export const sessionsKey = ['sessions'] as const

export const sessionsQuery = queryOptions({
	queryKey: sessionsKey,
	queryFn: ({ signal }) => askApi(contract.listSessions, {}, signal),
})
