import type { WebhookSubject } from '@postern/vocabulary'
import type { Connector } from '../../store/connector/connector.ts'
import type { NewJob } from '../../store/job/job.ts'
import type { StoreFunctions } from '../../store/store.ts'
import type { Webhook, WebhookDelivery } from '../../store/webhooks.ts'
import { connectorBody } from './webhook-body.ts'

/**
 * Tells the webhooks of its workspace what happened to a connector. In the transaction in which it happened: a job for each is
 * written with it, so that none is told of what was undone, and none misses what was done.
 */
export async function tellWebhooks(event: WebhookSubject, connector: Connector, store: StoreFunctions): Promise<void> {
	const { workspaceId } = connector
	const webhooks = await store.webhooks.list(workspaceId)
	const told = webhooks.filter(({ disabledAt, events }) => disabledAt === null && events.includes(event))
	if (told.length === 0) return
	const workspace = await store.workspaces.find(workspaceId)
	if (workspace === undefined) return
	for (const webhook of told) {
		const delivery = await store.webhooks.addDelivery(webhook.id, event, (at) =>
			connectorBody({ event, at, workspace }, connector),
		)
		await store.jobs.enqueue(deliveryJob(webhook, delivery))
	}
}

/** It does not go with its connector: that this was deleted is to be told. */
function deliveryJob({ id: webhookId, workspaceId }: Webhook, { id: deliveryId }: WebhookDelivery): NewJob {
	return {
		kind: 'webhook.deliver',
		key: deliveryId,
		runAt: { inMs: 0 },
		workspaceId,
		lane: webhookId,
		payload: { webhookId, deliveryId },
	}
}
