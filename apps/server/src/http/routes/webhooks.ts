import type { WebhookDeliveryDocument, WebhookDocument } from '@postern/api/contract'
import { fail, ok } from '@postern/vocabulary'
import {
	createWebhook,
	deleteWebhook,
	type KeepWebhookPorts,
	rotateWebhookSecret,
	updateWebhook,
} from '../../flows/webhooks/keep-webhook.ts'
import { resend, type SendPorts, sendTest } from '../../flows/webhooks/send-now.ts'
import type { Webhook, WebhookAttempt, WebhookDelivery } from '../../store/webhooks.ts'
import type { Handlers } from '../api.ts'
import type { Membership, SignedIn } from '../session-reader.ts'

type KeepHandlers = Pick<
	Handlers,
	'listWebhooks' | 'createWebhook' | 'updateWebhook' | 'deleteWebhook' | 'rotateWebhookSecret'
>
type DeliveryHandlers = Pick<Handlers, 'testWebhook' | 'listWebhookDeliveries' | 'resendWebhookDelivery'>

export type WebhookPorts = KeepWebhookPorts & SendPorts

/** Every endpoint of the contract's `webhooks.ts`. */
export function webhookHandlers(ports: WebhookPorts): KeepHandlers & DeliveryHandlers {
	return { ...keepHandlers(ports), ...deliveryHandlers(ports) }
}

function keepHandlers(ports: KeepWebhookPorts): KeepHandlers {
	return {
		async listWebhooks({ member }) {
			const webhooks = await ports.store.webhooks.list(member.workspaceId)
			return ok({ webhooks: webhooks.map(webhookDocument) })
		},

		async createWebhook(request) {
			const created = await createWebhook({ ...changeOf(request), ...request.body }, ports)
			if (!created.ok) return created
			const { webhook, secret } = created.value
			return ok({ webhook: webhookDocument(webhook), secret: secret.reveal() })
		},

		async updateWebhook(request) {
			const updated = await updateWebhook({ ...changeOf(request), ...request.body }, ports)
			return updated.ok ? ok(webhookDocument(updated.value)) : updated
		},

		deleteWebhook: (request) => deleteWebhook(changeOf(request), ports),

		async rotateWebhookSecret(request) {
			const rotated = await rotateWebhookSecret(changeOf(request), ports)
			if (!rotated.ok) return rotated
			const { secret, previousUntil } = rotated.value
			return ok({ secret: secret.reveal(), previousUntil: previousUntil.toISOString() })
		},
	}
}

function deliveryHandlers(ports: SendPorts): DeliveryHandlers {
	const { webhooks } = ports.store
	const documentOf = async (delivery: WebhookDelivery): Promise<WebhookDeliveryDocument> => {
		const isWaiting = delivery.state === 'waiting'
		const job = isWaiting ? await ports.store.jobs.find('webhook.deliver', delivery.id) : undefined
		return deliveryDocument(delivery, job?.runAt)
	}
	return {
		async testWebhook({ member, session, path }) {
			const { accountId } = session
			const sending = { workspaceId: member.workspaceId, webhookId: path['webhookId'] ?? '', accountId }
			const sent = await sendTest(sending, ports)
			return sent.ok ? ok(await documentOf(sent.value)) : sent
		},

		async listWebhookDeliveries({ member, path }) {
			const webhook = await webhooks.find(member.workspaceId, path['webhookId'] ?? '')
			if (webhook === undefined) return fail('request/not-found')
			const deliveries = await webhooks.listDeliveries(webhook.id)
			return ok({ deliveries: await Promise.all(deliveries.map(documentOf)) })
		},

		async resendWebhookDelivery({ member, session, path }) {
			const { accountId } = session
			const { webhookId = '', deliveryId = '' } = path
			const sent = await resend({ workspaceId: member.workspaceId, webhookId, deliveryId, accountId }, ports)
			return sent.ok ? ok(await documentOf(sent.value)) : sent
		},
	}
}

type Request = {
	readonly session: SignedIn
	readonly member: Membership
	readonly path: Readonly<Record<string, string>>
	readonly requestId: string
}

function changeOf({ session, member, path, requestId }: Request) {
	return { workspaceId: member.workspaceId, webhookId: path['webhookId'] ?? '', actor: session, requestId }
}

function webhookDocument({
	id,
	url,
	events,
	disabledAt,
	createdAt,
	failingSince,
	lastAttempt,
}: Webhook): WebhookDocument {
	return {
		id,
		url,
		events: [...events],
		isEnabled: disabledAt === null,
		createdAt: createdAt.toISOString(),
		failingSince: failingSince?.toISOString() ?? null,
		lastAttempt: lastAttempt && attemptDocument(lastAttempt),
	}
}

function deliveryDocument(
	{ id, event, createdAt, state, attempts, lastAttempt }: WebhookDelivery,
	nextAttemptAt: Date | undefined,
): WebhookDeliveryDocument {
	return {
		id,
		event,
		createdAt: createdAt.toISOString(),
		state,
		attempts,
		lastAttempt: lastAttempt && attemptDocument(lastAttempt),
		nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
	}
}

function attemptDocument({ at, status, code }: WebhookAttempt) {
	return { at: at.toISOString(), status, code }
}
