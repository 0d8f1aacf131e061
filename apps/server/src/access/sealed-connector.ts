import type { SealPlace } from '@postern/vault'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { Connector } from '../store/connector/connector.ts'
import type { SealedReach } from '../store/connector/reach.ts'
import type { Store } from '../store/store.ts'
import { credentialPlace } from './credential-place.ts'

/** What reaching a site needs to know of its connector, and the credential as the vault sealed it. */
export type SealedConnector = {
	readonly id: string
	readonly workspaceId: string
	readonly name: string
	readonly site: Pick<Connector['site'], 'url' | 'origin' | 'host' | 'adminUrl' | 'apiRootUrl' | 'apiRootStyle'>
	readonly account: Pick<Connector['account'], 'username' | 'userId'>
	readonly sealed: Uint8Array
	readonly sealVersion: number
	/** The one that the credential was entered for. */
	readonly siteOrigin: string
	readonly reach: SealedReach
}

/** Undefined when it was deleted meanwhile. */
export async function findSealed(
	{ id, workspaceId, name, site, account }: Connector,
	{ connectors }: Pick<Store, 'connectors'>,
): Promise<SealedConnector | undefined> {
	const row = await connectors.findSealed(workspaceId, id)
	if (!row) return undefined
	const { username, ...kept } = row
	return { id, workspaceId, name, site, account: { ...account, username }, ...kept }
}

/** Where its credential lies; looked at once for as long as the connector's row is the same. */
export function placeOf(connector: SealedConnector): Result<SealPlace> {
	const known = places.get(connector)
	if (known !== undefined) return known
	const place = readPlace(connector)
	places.set(connector, place)
	return place
}

const places = new WeakMap<SealedConnector, Result<SealPlace>>()

function readPlace({ id, workspaceId, site, sealVersion, siteOrigin: enteredFor }: SealedConnector): Result<SealPlace> {
	const siteOrigin = new URL(site.url).origin
	const isSame = siteOrigin === enteredFor && new URL(site.apiRootUrl).origin === enteredFor
	if (!isSame) return fail('site-credential/entered-for-other-origin', { params: { host: site.host } })
	return ok(credentialPlace({ workspaceId, connectorId: id, siteOrigin, sealVersion }))
}
