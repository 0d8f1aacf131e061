import { hash } from 'node:crypto'

/** Nothing else can be one, so nothing else is looked for. */
export function isStateLike(text: string): boolean {
	return /^[\w-]{43}$/.test(text)
}

export function hashSession(sessionId: string): string {
	return hash('sha256', `approval ${sessionId}`, 'base64url')
}
