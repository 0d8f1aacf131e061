import { contract } from '@postern/api/contract'
import { queryOptions } from '@tanstack/react-query'
import { askApi } from '../../api/client.ts'

export function webhooksQuery(workspaceId: string) {
	return queryOptions({
		queryKey: ['workspace', workspaceId, 'webhooks'],
		queryFn: async ({ signal }) => (await askApi(contract.listWebhooks, { workspaceId }, signal)).webhooks,
	})
}

export function deliveriesQuery(workspaceId: string, webhookId: string) {
	return queryOptions({
		queryKey: ['workspace', workspaceId, 'webhooks', webhookId, 'deliveries'],
		queryFn: async ({ signal }) =>
			(await askApi(contract.listWebhookDeliveries, { workspaceId, webhookId }, signal)).deliveries,
	})
}
