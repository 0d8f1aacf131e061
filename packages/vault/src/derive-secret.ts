import { hkdfSync } from 'node:crypto'
import { Secret } from '@postern/vocabulary'
import type { KeyEncryptionKey } from './key-source.ts'

/** Derives a secret of 256 bits for one purpose, so that nothing else needs a key file of its own (HKDF, RFC 5869). */
export function deriveSecret(kek: KeyEncryptionKey, purpose: string): Secret {
	const bytes = hkdfSync('sha256', kek.key, new Uint8Array(0), `pst-derived ${purpose}`, 32)
	return new Secret(Buffer.from(bytes).toString('base64url'))
}
