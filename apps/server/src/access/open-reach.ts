import type { Vault } from '@postern/vault'
import { ok, type Result } from '@postern/vocabulary'
import type { Reach, SealedReach } from '../store/connector/reach.ts'
import { edgePlace } from './credential-place.ts'
import type { RecordedPermit } from './record-decision.ts'
import { placeOf } from './sealed-connector.ts'

/**
 * Opens the way to the site of a connector that a recorded permit is for. Fails with
 * `site-credential/entered-for-other-origin` when the site's origin is not the one it was sealed for, `vault/cannot-open`.
 */
export async function openReach(
	{ connector }: Pick<RecordedPermit, 'connector'>,
	{ transport, edge, pin }: SealedReach,
	{ vault }: { readonly vault: Pick<Vault, 'unseal'> },
): Promise<Result<Reach>> {
	const reach = { transport, pin: pin ?? undefined, edge: undefined }
	if (edge === null) return ok(reach)
	const same = placeOf(connector)
	if (!same.ok) return same
	const { id: connectorId, workspaceId, siteOrigin, sealVersion } = connector
	const password = await vault.unseal(edge.sealed, edgePlace({ workspaceId, connectorId, siteOrigin, sealVersion }))
	if (!password.ok) return password
	return ok({ ...reach, edge: { username: edge.username, password: password.value } })
}
