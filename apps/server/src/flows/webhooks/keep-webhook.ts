import type { Vault } from '@postern/vault'
import { fail, ok, type AuditEvent, type Result, type Secret, type WebhookSubject } from '@postern/vocabulary'
import { actorOf, type Acting } from '../../store/audit.ts'
import { newId } from '../../store/ids.ts'
import type { Store, StoreFunctions } from '../../store/store.ts'
import type { Webhook } from '../../store/webhooks.ts'
import { readWebhookUrl } from './webhook-url.ts'
import { newWebhookSecret, secretPlace } from './webhook-secret.ts'

export type KeepWebhookPorts = {
	readonly store: Store
	readonly vault: Vault
	readonly ownOrigins: readonly string[]
	readonly now: () => Date
}

export type WebhookChange = { readonly workspaceId: string; readonly actor: Acting; readonly requestId: string }

const mostWebhooks = 20
/** After a new secret, the one before signs for so long, too. */
const previousLifeMs = 86_400_000

/** Fails with `address/…`, `webhook/limit`, `vault/cannot-open`. The secret is given this once. */
export async function createWebhook(
	change: WebhookChange & { readonly url: string; readonly events: readonly WebhookSubject[] },
	ports: KeepWebhookPorts,
): Promise<Result<{ readonly webhook: Webhook; readonly secret: Secret }>> {
	const { workspaceId, actor } = change
	const url = readWebhookUrl(change.url, ports.ownOrigins)
	if (!url.ok) return url
	const id = newId('whk')
	const secret = newWebhookSecret()
	const sealed = await ports.vault.seal(secret, secretPlace({ workspaceId, id, secretVersion: 1 }))
	if (!sealed.ok) return sealed
	const events = distinct(change.events)
	return ports.store.transaction(async (store) => {
		await store.workspaces.lock(workspaceId) // or two may find the same room
		if ((await store.webhooks.list(workspaceId)).length >= mostWebhooks)
			return fail('webhook/limit', { params: { limit: mostWebhooks } })
		const createdBy = actor.accountId
		const added = { id, workspaceId, url: url.value, events, createdBy, sealed: sealed.value }
		const webhook = await store.webhooks.create(added)
		await record(change, 'webhook.created', webhook, store)
		return ok({ webhook, secret })
	})
}

type Wanted = {
	readonly webhookId: string
	readonly url?: string | undefined
	readonly events?: readonly WebhookSubject[] | undefined
	readonly isEnabled?: boolean | undefined
}

/** Fails with `address/…`, `request/not-found`. */
export async function updateWebhook(change: WebhookChange & Wanted, ports: KeepWebhookPorts): Promise<Result<Webhook>> {
	const { workspaceId, webhookId, isEnabled } = change
	const url = change.url === undefined ? ok(undefined) : readWebhookUrl(change.url, ports.ownOrigins)
	if (!url.ok) return url
	const events = change.events && distinct(change.events)
	return ports.store.transaction(async (store) => {
		const webhook = await store.webhooks.update(workspaceId, webhookId, { url: url.value, events, isEnabled })
		if (webhook === undefined) return fail('request/not-found')
		if (isEnabled === true) await store.notices.forgetWebhook(webhookId)
		if (isEnabled === false) await store.webhooks.giveUp(webhookId)
		await record(change, 'webhook.changed', webhook, store)
		return ok(webhook)
	})
}

/** Its log goes with it. Fails with `request/not-found`. */
export function deleteWebhook(
	change: WebhookChange & { readonly webhookId: string },
	{ store }: Pick<KeepWebhookPorts, 'store'>,
): Promise<Result<void>> {
	const { workspaceId, webhookId } = change
	return store.transaction(async (transaction) => {
		const webhook = await transaction.webhooks.find(workspaceId, webhookId)
		if (webhook === undefined) return fail('request/not-found')
		// First, as whoever tells a webhook does: otherwise two may wait for each other.
		await record(change, 'webhook.deleted', webhook, transaction)
		await transaction.webhooks.delete(workspaceId, webhookId)
		await transaction.notices.forgetWebhook(webhookId)
		return ok()
	})
}

/** The one before signs too for a day. Fails with `request/not-found`, `vault/cannot-open`. */
export async function rotateWebhookSecret(
	change: WebhookChange & { readonly webhookId: string },
	ports: KeepWebhookPorts,
): Promise<Result<{ readonly secret: Secret; readonly previousUntil: Date }>> {
	const { workspaceId, webhookId } = change
	const webhook = await ports.store.webhooks.find(workspaceId, webhookId)
	if (webhook === undefined) return fail('request/not-found')
	const secret = newWebhookSecret()
	const sealed = await ports.vault.seal(secret, secretPlace({ ...webhook, secretVersion: webhook.secretVersion + 1 }))
	if (!sealed.ok) return sealed
	const previousUntil = new Date(ports.now().getTime() + previousLifeMs)
	return ports.store.transaction(async (store) => {
		const replaced = await store.webhooks.replaceSecret(webhook, { sealed: sealed.value, previousUntil })
		if (replaced === undefined) return fail('request/not-found') // deleted, or replaced by somebody else meanwhile
		await record(change, 'webhook.secret-rotated', replaced, store)
		return ok({ secret, previousUntil })
	})
}

function distinct(events: readonly WebhookSubject[]): readonly WebhookSubject[] {
	return [...new Set(events)]
}

/** By its host alone: an address may hold what only its owner should know. */
async function record(
	{ workspaceId, actor, requestId }: WebhookChange,
	event: AuditEvent,
	{ id, url }: Webhook,
	{ audit }: StoreFunctions,
): Promise<void> {
	const target = { kind: 'webhook', id, name: new URL(url).host }
	await audit.record({ workspaceId, event, actor: actorOf(actor), target, params: {}, requestId })
}
