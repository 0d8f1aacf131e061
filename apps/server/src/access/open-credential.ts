import type { Vault } from '@postern/vault'
import { ok, type Result, type Secret } from '@postern/vocabulary'
import type { RecordedPermit } from './record-decision.ts'
import { placeOf } from './sealed-connector.ts'

export type SiteCredential = { readonly username: string; readonly password: Secret }

declare const opened: unique symbol
/** Only `openCredential` makes one, and `settle` takes nothing else. */
export type OpenedSite<Request = unknown> = {
	readonly recorded: RecordedPermit<Request>
	readonly credential: SiteCredential
	readonly [opened]: true
}

/**
 * Opens the site credential of the connector that a recorded permit is for. Fails with `site-credential/entered-for-other-origin`
 * when the site's origin is not the one it was sealed for, `vault/cannot-open`.
 */
export async function openCredential<Request>(
	recorded: RecordedPermit<Request>,
	{ vault }: { readonly vault: Vault },
): Promise<Result<OpenedSite<Request>>> {
	const { connector } = recorded
	const place = placeOf(connector)
	if (!place.ok) return place
	const password = await vault.unseal(connector.sealed, place.value)
	if (!password.ok) return password
	const credential = { username: connector.account.username, password: password.value }
	return ok({ recorded, credential } as OpenedSite<Request>) // the brand
}
