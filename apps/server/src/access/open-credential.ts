import type { MaybePromise } from '@postern/app-passwords'
import type { SealPlace, Vault } from '@postern/vault'
import { ok, type Result, type SiteCredential } from '@postern/vocabulary'
import type { EdgeLogin } from '@postern/wp-client'
import { andThen } from '../store/maybe-promise.ts'
import { edgePlace } from './credential-place.ts'
import type { RecordedPermit } from './record-decision.ts'
import { placeOf, type SealedConnector } from './sealed-connector.ts'

/** The secrets of a connection: they are sealed together, replaced together, and opened together. */
export type OpenedCredential = SiteCredential & {
	/** Of a web server that asks for a login in front of the site. */
	readonly edge: EdgeLogin | undefined
}

declare const openedBrand: unique symbol
/** Only `openCredential` makes one, and `settle` takes nothing else. */
export type OpenedSite<Request = unknown> = {
	readonly recorded: RecordedPermit<Request>
	readonly credential: OpenedCredential
	readonly [openedBrand]: true
}

/**
 * Opens the site credential of the connector that a recorded permit is for. Fails with `site-credential/entered-for-other-origin`
 * when the site's origin is not the one it was sealed for, `vault/cannot-open`.
 */
export function openCredential<Request>(
	recorded: RecordedPermit<Request>,
	{ vault }: { readonly vault: Vault },
): MaybePromise<Result<OpenedSite<Request>>> {
	const { connector } = recorded
	const place = placeOf(connector)
	if (!place.ok) return place
	return andThen(
		credentialOf(connector, place.value, vault),
		(credential) =>
			credential.ok ? ok({ recorded, credential: credential.value } as OpenedSite<Request>) : credential, // the brand
	)
}

function credentialOf(
	connector: SealedConnector,
	place: SealPlace,
	vault: Vault,
): MaybePromise<Result<OpenedCredential>> {
	const held = heldOpen.get(connector)
	if (held !== undefined) return ok(held.credential)
	const { username } = connector.account
	return andThen(vault.unseal(connector.sealed, place), (password) => {
		if (!password.ok) return password
		const { edge } = connector.reach
		if (edge === null) return ok({ username, password: password.value, edge: undefined })
		return withEdge({ username, password: password.value }, { edge, connector, vault })
	})
}

type Opening = {
	readonly edge: NonNullable<SealedConnector['reach']['edge']>
	readonly connector: SealedConnector
	readonly vault: Vault
}

function withEdge(
	credential: SiteCredential,
	{ edge, connector, vault }: Opening,
): MaybePromise<Result<OpenedCredential>> {
	const { id: connectorId, workspaceId, siteOrigin, sealVersion } = connector
	const place = edgePlace({ workspaceId, connectorId, siteOrigin, sealVersion })
	return andThen(vault.unseal(edge.sealed, place), (password) =>
		password.ok ? ok({ ...credential, edge: { username: edge.username, password: password.value } }) : password,
	)
}

type HeldOpen = { readonly credential: OpenedCredential; holders: number }

/** By the row as it was looked up: whatever is committed, of the connector or of its keys, makes another. */
const heldOpen = new WeakMap<SealedConnector, HeldOpen>()

/**
 * Lets the requests that overlap share what is open anyway: opening takes longer than most else of a request. Gives what lets go
 * of it, once; nothing is kept behind the last that holds it, so no credential is open longer than some request needs it.
 */
export function holdOpen({ recorded: { connector }, credential }: OpenedSite): () => void {
	const held = heldOpen.get(connector) ?? { credential, holders: 0 }
	// Another that was opened at the same time is as good; it ends with its own request.
	if (held.holders === 0) heldOpen.set(connector, held)
	held.holders += 1
	return () => {
		held.holders -= 1
		if (held.holders === 0) heldOpen.delete(connector)
	}
}
