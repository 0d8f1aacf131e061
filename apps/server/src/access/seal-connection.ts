import type { Vault } from '@postern/vault'
import { ok, type Result, type Secret } from '@postern/vocabulary'
import type { SealedCredential } from '../store/connector/connector.ts'
import type { Reach, SealedReach } from '../store/connector/reach.ts'
import { type ConnectorPlace, credentialPlace, edgePlace } from './credential-place.ts'

type Sealing = { readonly vault: Pick<Vault, 'seal'> }

/** Seals the secrets of a connection for one version of one connector and one origin: they are replaced together. */
export async function sealConnection(
	{ password, reach }: { readonly password: Secret; readonly reach: Reach },
	place: ConnectorPlace,
	{ vault }: Sealing,
): Promise<Result<SealedCredential>> {
	const sealed = await vault.seal(password, credentialPlace(place))
	if (!sealed.ok) return sealed
	const edge = await sealEdge(reach.edge, place, { vault })
	if (!edge.ok) return edge
	const { transport, pin = null } = reach
	return ok({ sealed: sealed.value, sealVersion: place.sealVersion, reach: { transport, pin, edge: edge.value } })
}

async function sealEdge(
	edge: Reach['edge'],
	place: ConnectorPlace,
	{ vault }: Sealing,
): Promise<Result<SealedReach['edge']>> {
	if (edge === undefined) return ok(null)
	const sealed = await vault.seal(edge.password, edgePlace(place))
	return sealed.ok ? ok({ username: edge.username, sealed: sealed.value }) : sealed
}
