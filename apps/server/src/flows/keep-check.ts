import type { FoundByCheck, KeptCheck } from '../store/connector/connector-checks.ts'
import type { StoreFunctions } from '../store/store.ts'
import { announceChange } from './connector-events.ts'

type Checked = { readonly workspaceId: string; readonly connectorId: string; readonly found: FoundByCheck }

/**
 * Keeps what a check found and tells of what it changed, in one transaction. Undefined: the credential was replaced, or the
 * connector deleted, meanwhile.
 */
export async function keepCheck(
	{ workspaceId, connectorId, found }: Checked,
	store: StoreFunctions,
): Promise<KeptCheck | undefined> {
	const kept = await store.connectors.recordCheck(workspaceId, connectorId, found)
	if (kept?.change !== undefined) await announceChange({ change: kept.change, connector: kept.connector }, store)
	return kept
}
