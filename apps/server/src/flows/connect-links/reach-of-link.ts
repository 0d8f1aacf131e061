import type { ConnectLink } from '../../store/connect-links.ts'
import type { Store } from '../../store/store.ts'
import type { TypedReach } from '../read-typed-reach.ts'

/**
 * The way to the site: what its visitor types, and what members decided for the connector that is reconnected. Its staging login is
 * nobody's but theirs: a visitor types it anew.
 */
export async function reachOfLink(
	{ workspaceId, connectorId }: ConnectLink,
	typed: TypedReach,
	{ store }: { readonly store: Pick<Store, 'connectors'> },
): Promise<TypedReach> {
	const connector = connectorId === null ? undefined : await store.connectors.find(workspaceId, connectorId)
	if (connector === undefined) return typed
	return {
		...typed,
		transport: typed.transport ?? connector.transport,
		certificatePin: connector.certificatePin ?? undefined,
	}
}
