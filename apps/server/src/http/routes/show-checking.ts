import type { Connector, ConnectorFilter } from '../../store/connector/connector.ts'
import type { Store } from '../../store/store.ts'

/** Gives connectors as they are shown: those that are looked at right now say so. */
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

/** Finds those that are shown so: it stands in no row, they are known by their jobs. */
export async function findChecking(filter: ConnectorFilter, { jobs }: Pick<Store, 'jobs'>): Promise<ConnectorFilter> {
	const { state, workspaceId, within = 'all' } = filter
	if (state !== 'checking') return filter
	const underWay = [...(await jobs.underWay('connector.check', workspaceId))]
	return { ...filter, state: undefined, within: underWay.filter((id) => within === 'all' || within.includes(id)) }
}
