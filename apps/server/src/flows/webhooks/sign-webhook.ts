import { createHmac } from 'node:crypto'
import type { Secret } from '@postern/vocabulary'

export type WebhookMessage = {
	readonly id: string
	/** Seconds since 1970. */
	readonly timestamp: number
	readonly body: string
}

/** The three headers of Standard Webhooks; a signature by each of the secrets. https://www.standardwebhooks.com */
export function signedHeaders(
	{ id, timestamp, body }: WebhookMessage,
	secrets: readonly Secret[],
): Readonly<Record<string, string>> {
	const signatures = secrets.map((secret) => {
		const key = Buffer.from(secret.reveal().slice('whsec_'.length), 'base64')
		return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
	})
	return {
		'webhook-id': id,
		'webhook-timestamp': String(timestamp),
		'webhook-signature': signatures.join(' '),
	}
}
