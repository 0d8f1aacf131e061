import { hash, randomBytes } from 'node:crypto'

/** 256 bits that only the browser of whoever began has; we keep its hash. */
export function newState(): string {
	return randomBytes(32).toString('base64url')
}

export function hashState(state: string): string {
	return hash('sha256', state, 'base64url')
}

/** Nothing else can be one, so nothing else is looked for. */
export function isStateLike(text: string): boolean {
	return /^[\w-]{43}$/.test(text)
}

export function hashSession(sessionId: string): string {
	return hash('sha256', `approval ${sessionId}`, 'base64url')
}
