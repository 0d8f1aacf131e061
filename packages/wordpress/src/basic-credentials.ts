import type { Secret } from '@postern/vocabulary'

/** Writes the value of an `Authorization` header (RFC 7617 §2, UTF-8). A user-id must not hold a colon: `readUsername` refuses it. */
export function formatBasicCredentials(username: string, password: Secret): string {
	const bytes = new TextEncoder().encode(`${username}:${password.reveal()}`)
	return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}
