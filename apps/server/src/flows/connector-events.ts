import type { Connector } from '../store/connector/connector.ts'
import type { HealthChange } from '../store/connector/next-health.ts'
import type { StoreFunctions } from '../store/store.ts'
import { tellWebhooks } from './webhooks/tell-webhooks.ts'

/** What others are told of, once. */
export type ConnectorEvent = {
	readonly change: HealthChange
	readonly connector: Connector
}

/**
 * Tells of a change in a connector's health: the log, and those who look after it. In the transaction that made the change, so
 * that none is told twice and none is lost.
 */
export async function announceChange({ change, connector }: ConnectorEvent, store: StoreFunctions): Promise<void> {
	const { id, workspaceId, name, createdBy, diagnosis } = connector
	const code = change === 'recovered' ? '' : (diagnosis?.code ?? '')
	await store.audit.record({
		workspaceId,
		event: `connector.${change}`,
		actor: { kind: 'postern', id: null, name: 'health' },
		target: { kind: 'connector', id, name },
		params: code === '' ? {} : { code },
		requestId: null,
	})
	await store.notices.giveOfConnector({
		kind: `connector-${change}`,
		workspaceId,
		ownerAccountId: createdBy,
		connectorId: id,
		name,
		params: { code },
	})
	await tellWebhooks(subjects[change], connector, store)
}

const subjects = {
	'needs-attention': 'connector.needs_attention',
	unreachable: 'connector.unreachable',
	recovered: 'connector.recovered',
} as const
