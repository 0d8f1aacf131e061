import type { AuditEvent, ProblemParams } from '@postern/vocabulary'
import { actorOf, type Acting } from '../store/audit.ts'
import type { Connector } from '../store/connector/connector.ts'
import type { StoreFunctions } from '../store/store.ts'

export type Change = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly actor: Acting
	readonly requestId: string
}

/** Says in the log what was done to a connector. */
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
}
