import type { Endpoint } from '@postern/api/contract'

/**
 * Puts `/connectors/drafts` before `/connectors/{connectorId}`: the first route that fits answers. `{` sorts behind every letter.
 * The order of the contract says nothing: Node sorts the names of a module's exports, Vite does not.
 */
export function inRoutingOrder<Name>(endpoints: readonly (readonly [Name, Endpoint])[]) {
	return endpoints.toSorted(([, one], [, other]) => (one.path < other.path ? -1 : Number(one.path > other.path)))
}
