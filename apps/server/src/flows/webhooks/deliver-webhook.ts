import type { Vault } from '@postern/vault'
import { type AskSite, fail, ok, type Result, type SiteAnswer } from '@postern/vocabulary'
import type { LeasedJob } from '../../store/job/job.ts'
import type { Store, StoreFunctions } from '../../store/store.ts'
import type { SealedWebhook, WebhookAttempt, WebhookDelivery } from '../../store/webhooks.ts'
import { signedHeaders } from './sign-webhook.ts'
import { openSecrets } from './webhook-secret.ts'

export type DeliverPorts = {
	readonly store: Store
	readonly vault: Vault
	readonly ask: AskSite
	readonly now: () => Date
}

const minute = 60_000
const hour = 60 * minute
/** After the first attempt, the second … As Standard Webhooks recommends; then it is given up. */
export const retryAfterMs = [5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour]
/** A webhook at which nothing arrived for so long is switched off. */
export const disabledAfterMs = 5 * 24 * hour

/** The receiver has to do no more than to take it. */
const timeoutMs = 15_000
const maxAnswerBytes = 65_536

/** Tries a delivery because its time has come; says when to try again. */
export async function deliverOnSchedule(
	{ workspaceId, payload }: LeasedJob,
	signal: AbortSignal,
	ports: DeliverPorts,
): Promise<'done' | { readonly again: Date }> {
	const { webhookId, deliveryId } = payload
	if (workspaceId === null || typeof webhookId !== 'string' || typeof deliveryId !== 'string') return 'done'
	const webhook = await ports.store.webhooks.find(workspaceId, webhookId)
	const delivery = await ports.store.webhooks.findDelivery(webhookId, deliveryId)
	if (webhook === undefined || delivery?.state !== 'waiting') return 'done'
	const waitMs = retryAfterMs[delivery.attempts]
	const tried = await attempt({ webhook, delivery, isLast: waitMs === undefined }, signal, ports)
	if (!tried.ok) throw new Error(tried.problem.code, { cause: tried.problem.cause }) // not the receiver's fault: tried again
	if (tried.value?.state !== 'waiting' || waitMs === undefined) return 'done'
	return { again: new Date(ports.now().getTime() + waitMs) }
}

type Attempt = {
	readonly webhook: SealedWebhook
	readonly delivery: WebhookDelivery
	/** Nothing will try it again by itself. */
	readonly isLast: boolean
}

/**
 * Sends it once and keeps what came of it. Undefined: it was deleted meanwhile. Fails with `vault/cannot-open`, and as the store
 * does; what the receiver says is no failure here.
 */
export async function attempt(
	{ webhook, delivery, isLast }: Attempt,
	signal: AbortSignal,
	ports: DeliverPorts,
): Promise<Result<WebhookDelivery | undefined>> {
	const secrets = await openSecrets(webhook, ports)
	if (!secrets.ok) return secrets
	const { id, body } = delivery
	const at = ports.now()
	const headers = signedHeaders({ id, timestamp: Math.floor(at.getTime() / 1000), body }, secrets.value)
	const answer = await ports.ask({
		url: new URL(webhook.url),
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body,
		timeoutMs,
		maxBytes: maxAnswerBytes,
		signal,
	})
	signal.throwIfAborted() // the server stops: that is nobody's failure
	const made = { at, ...judge(webhook, answer) }
	return ports.store.transaction(async (store) => ok(await keepAttempt({ webhook, delivery, isLast }, made, store)))
}

/** Anything but 2xx is no; a redirect is an answer like any other and is not followed. */
function judge({ url }: SealedWebhook, answer: Result<SiteAnswer>): Pick<WebhookAttempt, 'status' | 'code'> {
	if (!answer.ok) return { status: null, code: answer.problem.code }
	const { status } = answer.value
	if (status >= 200 && status < 300) return { status, code: null }
	return { status, code: fail('webhook/not-accepted', { params: { host: new URL(url).host, status } }).problem.code }
}

async function keepAttempt(
	{ webhook, delivery, isLast }: Attempt,
	made: WebhookAttempt,
	store: StoreFunctions,
): Promise<WebhookDelivery | undefined> {
	const state = made.code === null ? 'delivered' : isLast ? 'failed' : 'waiting'
	const kept = await store.webhooks.recordAttempt(delivery, made, state)
	const after = await store.webhooks.find(webhook.workspaceId, webhook.id)
	if (after === undefined || after.disabledAt !== null || after.failingSince === null) return kept
	if (made.at.getTime() - after.failingSince.getTime() < disabledAfterMs) return kept
	await switchOff(after, made, store)
	return store.webhooks.findDelivery(webhook.id, delivery.id)
}

/** Nothing arrived for days: nothing is sent any more, and those who look after it are told. */
async function switchOff(webhook: SealedWebhook, { code }: WebhookAttempt, store: StoreFunctions): Promise<void> {
	const { id, workspaceId, url, createdBy } = webhook
	const { host } = new URL(url)
	await store.webhooks.update(workspaceId, id, { isEnabled: false })
	await store.webhooks.giveUp(id)
	await store.audit.record({
		workspaceId,
		event: 'webhook.disabled',
		actor: { kind: 'postern', id: null, name: null },
		target: { kind: 'webhook', id, name: host },
		params: {},
		requestId: null,
	})
	const params = { code: code ?? '' }
	await store.notices.giveOfWebhook({ workspaceId, webhookId: id, ownerAccountId: createdBy, name: host, params })
}
