import type { Connector } from '../store/connector/connector.ts'
import type { StoreFunctions } from '../store/store.ts'
import { announceChange } from './connector-events.ts'
import { firstCheck } from './next-check.ts'

/** It was proved a moment ago: whatever it suffered from is over. Belongs into the transaction that gave it its new credential. */
export async function afterReconnect(connector: Connector, before: Connector, store: StoreFunctions): Promise<void> {
	await store.jobs.reschedule(firstCheck(connector))
	const wasBad = before.state === 'needs-attention' || before.state === 'unreachable'
	if (wasBad) await announceChange({ change: 'recovered', connector }, store)
}
