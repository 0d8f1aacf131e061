import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { checkCanary, createCanary, deriveSecret, openKeySource, type KeyEncryptionKey } from '@postern/vault'
import { fail, ok, type Result } from '@postern/vocabulary'
import type { FoundStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'

export type VaultKey = {
	/** Opens the key before the store is touched; a new one is made only for a store that never had any. */
	admit(found: FoundStore): Result<void>
	/** Keeps the proof that this store belongs to this key. Fails with `start/vault-key`. */
	keep(store: Store): Promise<Result<KeyEncryptionKey>>
	/** What the audit log is chained with; once it was admitted. */
	auditKey(): Uint8Array
}

export function vaultKeyAt({ vaultKeyFile, dataFolder }: { vaultKeyFile: string; dataFolder: string }): VaultKey {
	let key: KeyEncryptionKey | undefined
	const admitted = () => {
		if (!key) throw new Error('the store was opened without asking for the key')
		return key
	}
	return {
		admit({ vaultCanary }) {
			const isNew = vaultCanary === undefined
			const folder = isNew && path.dirname(vaultKeyFile) === dataFolder ? makeDataFolder(dataFolder) : ok()
			if (!folder.ok) return folder
			const opened = openKeySource({ path: vaultKeyFile, create: isNew })
			if (!opened.ok) return opened
			key = opened.value
			return isNew ? ok() : checkCanary(key, vaultCanary, vaultKeyFile)
		},
		async keep(store) {
			const own = admitted()
			// Another node may have been faster, with another key.
			const kept = await store.installation.keepVaultCanary(createCanary(own))
			const checked = checkCanary(own, kept, vaultKeyFile)
			return checked.ok ? ok(own) : checked
		},
		auditKey: () => Buffer.from(deriveSecret(admitted(), 'audit').reveal(), 'base64url'),
	}
}

/** With PostgreSQL the key is all that lies there. A folder that an operator names for the key must be there: it may be a mount. */
function makeDataFolder(dataFolder: string): Result<void> {
	try {
		mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
		return ok()
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : 'it cannot be made'
		return fail('start/configuration', { params: { name: 'POSTERN_DATA', reason }, cause })
	}
}
