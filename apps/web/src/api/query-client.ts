import { QueryClient } from '@tanstack/react-query'

/**
 * One more try where waiting may help; everything else says its problem at once. What was sent,
 * passwords among it, is forgotten with the form it stood in.
 */
export const queryClient = new QueryClient({
	defaultOptions: {
		// A browser that thinks it is offline may still reach a Postern on its own machine. And what cannot be sent fails at once:
		// nobody expects a deletion to be made up for when the train has left the tunnel.
		queries: {
			networkMode: 'always',
			staleTime: 15_000,
			retry: (failures, error) => failures < 1 && error.problem?.retry === 'after-wait' && error.problem.status >= 500,
		},
		mutations: { gcTime: 0, networkMode: 'always' },
	},
})
