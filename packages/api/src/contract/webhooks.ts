import { webhookEvents, webhookSubjects } from '@postern/vocabulary'
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { instant, problemCode } from './shapes.ts'

const attempt = z.object({
	at: instant,
	/** Of the answer; null: there was none. */
	status: z.nullable(z.number()),
	/** Why it did not arrive; null: it did. */
	code: z.nullable(problemCode),
})

const webhook = z.object({
	id: z.string(),
	url: z.string(),
	events: z.array(z.enum(webhookSubjects)),
	/** False: nothing is sent, because somebody, or days of failures, switched it off. */
	isEnabled: z.boolean(),
	createdAt: instant,
	/** Since when every delivery failed. */
	failingSince: z.nullable(instant),
	lastAttempt: z.nullable(attempt),
})
export type WebhookDocument = z.output<typeof webhook>

const delivery = z.object({
	/** The header `webhook-id`; the same each time it is tried. */
	id: z.string(),
	event: z.enum(webhookEvents),
	createdAt: instant,
	/** `failed`: it is not tried again by itself. */
	state: z.enum(['waiting', 'delivered', 'failed']),
	attempts: z.number(),
	lastAttempt: z.nullable(attempt),
	nextAttemptAt: z.nullable(instant),
})
export type WebhookDeliveryDocument = z.output<typeof delivery>

const events = z.array(z.enum(webhookSubjects)).check(z.minLength(1), z.maxLength(webhookSubjects.length))

/** `whsec_` and base64; shown once. */
const secret = z.string()

const addressProblems = [
	'address/required',
	'address/malformed',
	'address/too-long',
	'address/scheme-unsupported',
	'address/credentials-inside',
	'address/own',
] as const

export const listWebhooks = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/webhooks',
	summary: 'List the addresses that are told what happens to connectors',
	access: 'admin',
	output: z.object({ webhooks: z.array(webhook) }),
	problems: [],
})

export const createWebhook = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/webhooks',
	summary: 'Add a webhook; its signing secret is shown this once',
	access: 'admin',
	body: z.strictObject({ url: z.string(), events }),
	output: z.object({ webhook, secret }),
	problems: [...addressProblems, 'webhook/limit', 'vault/cannot-open'],
})

export const updateWebhook = endpoint({
	method: 'PATCH',
	path: '/workspaces/{workspaceId}/webhooks/{webhookId}',
	summary: 'Change the address or the events of a webhook, or switch it on or off',
	access: 'admin',
	body: z.strictObject({ url: z.optional(z.string()), events: z.optional(events), isEnabled: z.optional(z.boolean()) }),
	output: webhook,
	problems: addressProblems,
})

export const deleteWebhook = endpoint({
	method: 'DELETE',
	path: '/workspaces/{workspaceId}/webhooks/{webhookId}',
	summary: 'Delete a webhook and its log',
	access: 'admin',
	problems: [],
})

export const rotateWebhookSecret = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/webhooks/{webhookId}/rotate-secret',
	summary: 'Replace the signing secret; for a day both sign, so that the receiver can change over',
	access: 'admin',
	output: z.object({ secret, previousUntil: instant }),
	problems: ['vault/cannot-open'],
})

export const testWebhook = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/webhooks/{webhookId}/test',
	summary: 'Send a test now, once; the answer says what came of it',
	access: 'admin',
	output: delivery,
	problems: ['request/throttled', 'vault/cannot-open'],
})

export const listWebhookDeliveries = endpoint({
	method: 'GET',
	path: '/workspaces/{workspaceId}/webhooks/{webhookId}/deliveries',
	summary: 'List the last 50 deliveries of a webhook, the newest first',
	access: 'admin',
	output: z.object({ deliveries: z.array(delivery) }),
	problems: [],
})

export const resendWebhookDelivery = endpoint({
	method: 'POST',
	path: '/workspaces/{workspaceId}/webhooks/{webhookId}/deliveries/{deliveryId}/resend',
	summary: 'Send a delivery again now, once, with the id that it had',
	access: 'admin',
	output: delivery,
	problems: ['request/throttled', 'vault/cannot-open'],
})
