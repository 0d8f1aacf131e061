import { checkCanary, createCanary, openKeySource, type KeyEncryptionKey } from '@postern/vault'
import { ok, type Result } from '@postern/vocabulary'
import type { FoundStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'

export type VaultKey = {
	/** Opens the key before the store is touched; a new one is made only for a store that never had any. */
	admit(found: FoundStore): Result<void>
	/** Keeps the proof that this store belongs to this key. Fails with `start/vault-key`. */
	keep(store: Store): Promise<Result<KeyEncryptionKey>>
}

export function vaultKeyAt(path: string): VaultKey {
	let key: KeyEncryptionKey | undefined
	return {
		admit({ vaultCanary }) {
			const opened = openKeySource({ path, create: vaultCanary === undefined })
			if (!opened.ok) return opened
			key = opened.value
			return vaultCanary === undefined ? ok() : checkCanary(key, vaultCanary, path)
		},
		async keep(store) {
			if (!key) throw new Error('the store was opened without asking for the key')
			// Another node may have been faster, with another key.
			const kept = await store.installation.keepVaultCanary(createCanary(key))
			const checked = checkCanary(key, kept, path)
			return checked.ok ? ok(key) : checked
		},
	}
}
