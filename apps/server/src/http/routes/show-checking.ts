import type { Connector } from '../../store/connector/connector.ts'
import type { Store } from '../../store/store.ts'

/** Gives connectors as they are shown: those that are looked at right now say so, and the filter for them finds the same. */
export async function showChecking(
	connectors: readonly Connector[],
	workspaceId: string,
	{ jobs }: Pick<Store, 'jobs'>,
): Promise<readonly Connector[]> {
	const underWay = await jobs.underWay('connector.check', workspaceId)
	return connectors.map((connector) =>
		underWay.has(connector.id) && !connector.isPaused ? { ...connector, state: 'checking' } : connector,
	)
}
