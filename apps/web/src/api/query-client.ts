import { QueryClient } from '@tanstack/react-query'

/** One more try where waiting may help; everything else says its problem at once. */
export const queryClient = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: 15_000,
			retry: (failures, error) => failures < 1 && error.problem?.retry === 'after-wait' && error.problem.status >= 500,
		},
	},
})
