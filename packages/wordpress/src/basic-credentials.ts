import { Secret } from '@postern/vocabulary'
import { formatBase64, toBytes } from './base64.ts'

/** Writes the value of an `Authorization` header (RFC 7617 §2, UTF-8). A user-id must not hold a colon: `readUsername` refuses it. */
export function formatBasicCredentials(username: string, password: Secret): string {
	const text = `${username}:${password.reveal()}`
	// Of ASCII the bytes are its characters, which `btoa` takes as they are.
	return `Basic ${beyondAscii.test(text) ? formatBase64(new TextEncoder().encode(text)) : btoa(text)}`
}

const beyondAscii = /[\u0080-\uFFFF]/

/** `absent` is no credentials or another scheme than Basic; `malformed` is Basic that does not parse. Neither names anybody. */
export type BasicCredentials =
	| { readonly kind: 'absent' }
	| { readonly kind: 'malformed' }
	| { readonly kind: 'basic'; readonly userId: string; readonly password: Secret }

const absent: BasicCredentials = { kind: 'absent' }
const malformed: BasicCredentials = { kind: 'malformed' }

/** Characters of the header: what `node:http` takes for all headers together. */
const maxHeaderLength = 16_384

/**
 * Reads the value of an `Authorization` header by one strict grammar (RFC 7617 §2): the scheme in any letter case, one space,
 * the standard base64 alphabet with padding or without, UTF-8, no control characters, split at the first colon. The user-id
 * and the password may be empty.
 */
export function readBasicCredentials(header: string | null | undefined): BasicCredentials {
	if (header === null || header === undefined || !startsWithBasic(header)) return absent
	if (header.length > maxHeaderLength) return malformed
	const text = decode(header)
	if (text === undefined) return malformed
	const colon = text.indexOf(':')
	if (colon === -1) return malformed
	return { kind: 'basic', userId: text.slice(0, colon), password: new Secret(text.slice(colon + 1)) }
}

/** `Basic` alone carries nothing, `Basics` is another scheme, and `Basic` before anything else than a letter of a name is Basic. */
function startsWithBasic(header: string): boolean {
	return header.startsWith('Basic ') || /^basic(?=[^\w!#$%&'*+.^`|~-])/i.test(header)
}

// Looked at before it is decoded: atob skips white space.
const grammar = /^.{5} ([A-Za-z0-9+/]+)={0,2}$/
const notAscii = /[\u0080-\u00FF]/
// RFC 7617 §2 forbids control characters; they are looked for in the decoded text, where U+0080 to U+009F are some as well.
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const control = /[\u0000-\u001F\u007F-\u009F]/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(header: string): string | undefined {
	const encoded = grammar.exec(header)?.[1]
	if (encoded === undefined) return undefined
	try {
		const binary = atob(encoded)
		const text = notAscii.test(binary) ? utf8.decode(toBytes(binary)) : binary
		return control.test(text) ? undefined : text
	} catch {
		return undefined
	}
}
