import type { SealPlace } from '@postern/vault'

/** Where the site credential of a connector lies, and the one origin that it is for: sealing and opening must agree on it. */
export function credentialPlace(connector: {
	readonly workspaceId: string
	readonly connectorId: string
	readonly siteOrigin: string
	readonly sealVersion: number
}): SealPlace {
	const { workspaceId, connectorId, siteOrigin, sealVersion } = connector
	return { workspaceId, table: 'connector', column: 'sealed', rowId: connectorId, siteOrigin, version: sealVersion }
}
