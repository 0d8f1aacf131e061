import type { Connector } from '../store/connector/connector.ts'
import type { StoreFunctions } from '../store/store.ts'
import { announceChange } from './connector-events.ts'
import { firstCheck } from './next-check.ts'

/**
 * It was proved a moment ago: whatever it suffered from is over. Belongs into the transaction that gave it its new credential, and
 * so does finding what it was `before`.
 */
export async function afterReconnect(connector: Connector, before: Connector, store: StoreFunctions): Promise<void> {
	if (!connector.isPaused) await store.jobs.reschedule(firstCheck(connector))
	// Of a paused one the state says no more than that.
	const wasBad = before.diagnosis !== null && before.diagnosis.code !== 'site/maintenance'
	if (wasBad) await announceChange({ change: 'recovered', connector }, store)
}
