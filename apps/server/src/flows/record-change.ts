import type { AuditEvent, ProblemParams } from '@postern/vocabulary'
import { actorOf, type Acting } from '../store/audit.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { StoreFunctions } from '../store/store.ts'
import { tellWebhooks } from './webhooks/tell-webhooks.ts'

export type Change = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly actor: Acting
	readonly requestId: string
}

/** Says in the log what was done to a connector, and tells webhooks of its beginning and end. */
export async function recordChange(
	{ actor, requestId }: Change,
	event: AuditEvent,
	connector: Connector,
	store: StoreFunctions,
	params: ProblemParams = {},
): Promise<void> {
	await store.audit.record({
		workspaceId: connector.workspaceId,
		event,
		actor: actorOf(actor),
		target: { kind: 'connector', id: connector.id, name: connector.name || connector.site.host },
		params,
		requestId,
	})
	if (event === 'connector.created') await tellWebhooks('connector.connected', connector, store)
	if (event === 'connector.deleted' && connector.phase === 'saved')
		await tellWebhooks('connector.deleted', connector, store)
}
