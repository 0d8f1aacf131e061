const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined for what is no UTF-8, or begins with a byte order mark. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		const text = strict.decode(bytes)
		return text.startsWith('\uFEFF') ? undefined : text
	} catch {
		return undefined
	}
}
