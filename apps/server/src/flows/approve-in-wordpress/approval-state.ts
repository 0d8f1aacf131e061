import { createHmac, hash } from 'node:crypto'
import type { Secret } from '@postern/vocabulary'

/** Nothing else can be one, so nothing else is looked for. */
export function isStateLike(text: string): boolean {
	return /^[\w-]{43}$/.test(text)
}

export function hashSession(sessionId: string): string {
	return hash('sha256', `approval ${sessionId}`, 'base64url')
}

/** Tells whether a password came with this state before. The state is the key: the store has its hash only, so nobody can guess on. */
export function hashArrived(state: string, password: Secret): string {
	return createHmac('sha256', state).update(password.reveal()).digest('base64url')
}
