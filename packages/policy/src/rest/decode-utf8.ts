// A byte order mark stays, for the readers of JSON and of names to refuse.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined for what is no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return strict.decode(bytes)
	} catch {
		return undefined
	}
}
