import { hasGateway } from '../../connectors/registry.ts'
import type { Connector } from '../../store/connector/connector.ts'
import type { Store } from '../../store/store.ts'
import { isSlug } from '../../wire/gateway-address.ts'
import type { PageVisitor, Place } from './page-visitor.ts'

/** The one site that a request is about: it came through the gateway's address of that site. */
export type AskedSite = { readonly connector: Connector; readonly place: Place }

/**
 * Finds the site by its name in addresses. `unknown`: there is none in the visitor's workspaces, whatever there is elsewhere;
 * undefined: the request is about no site in particular.
 */
export async function findAskedSite(
	slug: string | undefined,
	{ places }: PageVisitor,
	{ gatewayConnectors, connectors }: Pick<Store, 'gatewayConnectors' | 'connectors'>,
): Promise<AskedSite | 'unknown' | undefined> {
	if (slug === undefined) return undefined
	const found = isSlug(slug) ? await gatewayConnectors.findBySlug(slug) : undefined
	const place = places.find(({ workspace }) => workspace.id === found?.workspaceId)
	if (found === undefined || place === undefined || !hasGateway(found.type)) return 'unknown'
	const connector = await connectors.find(found.workspaceId, found.id)
	return connector === undefined ? 'unknown' : { connector, place }
}
