/** What the receiver of a webhook can be told; the names are public and permanent. */
export const webhookEvents = [
	'connector.connected',
	'connector.needs_attention',
	'connector.unreachable',
	'connector.recovered',
	'connector.deleted',
	/** Sent when somebody asks for it; it needs no subscription. */
	'test',
] as const
export type WebhookEvent = (typeof webhookEvents)[number]

/** What one can subscribe to. */
export const webhookSubjects = [
	'connector.connected',
	'connector.needs_attention',
	'connector.unreachable',
	'connector.recovered',
	'connector.deleted',
] as const satisfies readonly WebhookEvent[]
export type WebhookSubject = (typeof webhookSubjects)[number]
