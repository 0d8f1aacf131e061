import { randomBytes } from 'node:crypto'
import type { SealPlace, Vault } from '@postern/vault'
import { ok, type Result, Secret } from '@postern/vocabulary'
import type { SealedWebhook } from '../../store/webhooks.ts'

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks writes them. */
export function newWebhookSecret(): Secret {
	return new Secret(`whsec_${randomBytes(32).toString('base64')}`)
}

type Sealed = { readonly workspaceId: string; readonly id: string; readonly secretVersion: number }

/** It is sent nowhere, so it belongs to no origin: only signatures leave. */
export function secretPlace({ workspaceId, id, secretVersion }: Sealed): SealPlace {
	return { workspaceId, table: 'webhook', column: 'secret_sealed', rowId: id, siteOrigin: '', version: secretVersion }
}

/** The secrets that sign now: the current one first, then the one before, while it counts. Fails with `vault/cannot-open`. */
export async function openSecrets(
	webhook: SealedWebhook,
	{ vault }: { readonly vault: Pick<Vault, 'unseal'> },
): Promise<Result<readonly Secret[]>> {
	const current = await vault.unseal(webhook.sealed, secretPlace(webhook))
	if (!current.ok) return current
	if (webhook.previousSealed === undefined) return ok([current.value])
	const place = secretPlace({ ...webhook, secretVersion: webhook.secretVersion - 1 })
	const previous = await vault.unseal(webhook.previousSealed, place)
	return previous.ok ? ok([current.value, previous.value]) : previous
}
