import { hash, randomBytes } from 'node:crypto'
import type { KeptRequest } from './authorize-requests.ts'
import type { Visitor } from './options.ts'

/** Something that nobody can guess. */
export function unguessable(): string {
	return randomBytes(24).toString('base64url')
}

export function hashToken(token: string): string {
	return hash('sha256', token, 'base64url')
}

/** Whether a form that came back is the one that was shown to this visitor in this sign-in. */
export function isShownTo({ user, session }: Visitor, kept: KeptRequest, token: string): boolean {
	// Both sides are hashes: how far they agree tells nothing of the token.
	return kept.userId === user.id && kept.session === session && kept.tokenHash === hashToken(token)
}
