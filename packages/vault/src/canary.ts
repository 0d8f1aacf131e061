import { fail, ok, type Result } from '@postern/vocabulary'
import type { KeyEncryptionKey } from './key-source.ts'
import { closeBox, openBox } from './sealed-box.ts'

const SONG = 'pst-vault canary'
const context = ['canary']

/** Makes a record that only this key opens, to be kept in the store from the first start on. */
export function createCanary(kek: KeyEncryptionKey): Uint8Array {
	return closeBox(Buffer.from(SONG), kek, context)
}

/** Finds a wrong key before anything is touched. Fails with `start/vault-key`; `path` is the key's, for the message. */
export function checkCanary(kek: KeyEncryptionKey, canary: Uint8Array, path: string): Result<void> {
	if (openBox(canary, kek, context)?.toString() === SONG) return ok()
	return fail('start/vault-key', { params: { path, reason: 'It is not the key this store was sealed with.' } })
}
