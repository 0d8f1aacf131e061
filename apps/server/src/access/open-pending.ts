import type { Vault } from '@postern/vault'
import { ok, type Result } from '@postern/vocabulary'
import type { Connector } from '../store/connector/connector.ts'
import type { Reached } from '../store/connector/reached.ts'
import { credentialPlace } from './credential-place.ts'

/**
 * The same way to the same site with the password that is to take the place of the one before: it lies sealed beside the
 * connector, for the version that follows. Fails with `vault/cannot-open`.
 */
export async function openPending(
	reached: Reached,
	{ connector, sealed }: { readonly connector: Connector; readonly sealed: Uint8Array },
	{ vault }: { readonly vault: Pick<Vault, 'unseal'> },
): Promise<Result<Reached>> {
	const { id: connectorId, workspaceId, site, sealVersion } = connector
	const place = { workspaceId, connectorId, siteOrigin: site.origin, sealVersion: sealVersion + 1 }
	const password = await vault.unseal(sealed, credentialPlace(place))
	if (!password.ok) return password
	return ok({ ...reached, credential: { username: reached.credential.username, password: password.value } })
}
