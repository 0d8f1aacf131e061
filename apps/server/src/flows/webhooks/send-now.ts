import { fail, ok, type Result } from '@postern/vocabulary'
import type { WebhookDelivery } from '../../store/webhooks.ts'
import type { AttemptLimit } from '../attempt-limit.ts'
import { attempt, type DeliverPorts } from './deliver-webhook.ts'
import { testBody } from './webhook-body.ts'

export type SendPorts = DeliverPorts & { readonly limit: AttemptLimit }

type Sending = { readonly workspaceId: string; readonly webhookId: string; readonly accountId: string }

/** Sends a test, once. Fails with `request/not-found`, `request/throttled`, `vault/cannot-open`. */
export async function sendTest(sending: Sending, ports: SendPorts): Promise<Result<WebhookDelivery>> {
	const { workspaceId, webhookId } = sending
	const webhook = await ports.store.webhooks.find(workspaceId, webhookId)
	const workspace = await ports.store.workspaces.find(workspaceId)
	if (webhook === undefined || workspace === undefined) return fail('request/not-found')
	const allowed = ports.limit.take(sending)
	if (!allowed.ok) return allowed
	const delivery = await ports.store.webhooks.addDelivery(webhookId, 'test', (at) => testBody({ at, workspace }))
	return sendNow({ webhook, delivery }, ports)
}

/** Sends one of before again, once, whatever became of it. Fails as `sendTest` does. */
export async function resend(
	sending: Sending & { readonly deliveryId: string },
	ports: SendPorts,
): Promise<Result<WebhookDelivery>> {
	const { workspaceId, webhookId, deliveryId } = sending
	const webhook = await ports.store.webhooks.find(workspaceId, webhookId)
	const delivery = webhook && (await ports.store.webhooks.findDelivery(webhookId, deliveryId))
	if (webhook === undefined || delivery === undefined) return fail('request/not-found')
	const allowed = ports.limit.take(sending)
	if (!allowed.ok) return allowed
	return sendNow({ webhook, delivery }, ports)
}

/** What waits for its next attempt goes on waiting, unless it arrives now. Ends by itself, also when the caller leaves. */
async function sendNow(
	sent: Omit<Parameters<typeof attempt>[0], 'isLast'>,
	ports: SendPorts,
): Promise<Result<WebhookDelivery>> {
	const job = await ports.store.jobs.find('webhook.deliver', sent.delivery.id)
	const made = await attempt({ ...sent, isLast: job === undefined }, new AbortController().signal, ports)
	if (!made.ok) return made
	return made.value === undefined ? fail('request/not-found') : ok(made.value)
}
