import { hash } from 'node:crypto'
import { blake2b } from '@noble/hashes/blake2.js'

const ours = 'sha256v1:'
const domain = 'postern application password v1\0'
const wordPress = '$generic$'
const wordPressKey = new TextEncoder().encode('wp_fast_hash_6.8+')

/**
 * Hashes a secret, stripped to letters and digits, for storage and for looking it up: SHA-256 with a domain prefix. A fast hash
 * without salt is right for 142 random bits (ASVS 6.5.2), and it lets one look-up in a unique index be the whole comparison.
 */
export function hashSecret(stripped: string): string {
	return ours + hash('sha256', domain + stripped, 'base64url')
}

/** Hashes a stripped secret as WordPress does since 6.8: BLAKE2b with a key, 30 bytes. */
export function hashAsWordPress(stripped: string): string {
	const digest = blake2b(new TextEncoder().encode(stripped), { key: wordPressKey, dkLen: 30 })
	return wordPress + Buffer.from(digest).toString('base64url')
}

/** Whether a stored hash is found by hashing the secret again. The others came from an older WordPress and are salted or slow. */
export function canBeLookedUp(stored: string): boolean {
	return stored.startsWith(ours) || stored.startsWith(wordPress)
}
