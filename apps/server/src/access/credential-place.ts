import type { SealPlace } from '@postern/vault'

/** Whose the secrets of a connection are, and the one origin that they are for: sealing and opening must agree on it. */
export type ConnectorPlace = {
	readonly workspaceId: string
	readonly connectorId: string
	readonly siteOrigin: string
	readonly sealVersion: number
}

/** Where the site credential lies. */
export function credentialPlace(place: ConnectorPlace): SealPlace {
	return placeIn('sealed', place)
}

/** Where the password for the web server in front of the site lies. */
export function edgePlace(place: ConnectorPlace): SealPlace {
	return placeIn('edge_sealed', place)
}

function placeIn(column: string, { workspaceId, connectorId, siteOrigin, sealVersion }: ConnectorPlace): SealPlace {
	return { workspaceId, table: 'connector', column, rowId: connectorId, siteOrigin, version: sealVersion }
}
