import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Secret } from '@postern/vocabulary'

/** Makes a token of 256 bits, and the hash that is kept of it. */
export function newOneTimeToken(): { readonly token: Secret; readonly tokenHash: string } {
	const token = new Secret(randomBytes(32).toString('base64url'))
	return { token, tokenHash: hashToken(token) }
}

/** All that is kept of the token of a link that works once. */
export function hashToken(token: Secret): string {
	return createHash('sha256').update(token.reveal()).digest('hex')
}

/** Compares in a time that does not depend on what was typed. */
export function isSameToken(token: Secret, typed: Secret): boolean {
	return timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(hashToken(typed)))
}
