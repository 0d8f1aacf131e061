import { contract } from '@postern/api/contract'
import { queryOptions } from '@tanstack/react-query'
import { askApi } from '../../../api/client.ts'

/** Links that a site's owner can still use. */
export function linksQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['workspace', workspaceId, 'connect-links'],
		queryFn: async ({ signal }) => (await askApi(contract.listConnectLinks, { workspaceId }, signal)).connectLinks,
	})
}
