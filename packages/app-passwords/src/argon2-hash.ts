export type Argon2Hash = {
	readonly kind: 'argon2i' | 'argon2id'
	readonly memoryKib: number
	readonly passes: number
	readonly lanes: number
	readonly salt: Uint8Array
	readonly digest: Uint8Array
}

const form =
	/^\$(argon2i|argon2id)\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{16,})$/
const mostMemoryKib = 262_144
/** Kibibytes × passes: sixteen times what PHP takes if nothing is said (64 MiB, 4 passes). */
const mostWork = 4_194_304

/** Reads what PHP's `password_hash` writes; undefined for another form, or one that costs too much to check. */
export function readArgon2Hash(stored: string): Argon2Hash | undefined {
	const [, kind, m, t, p, salt, digest] = form.exec(stored) ?? []
	if ((kind !== 'argon2i' && kind !== 'argon2id') || salt === undefined || digest === undefined) return undefined
	const [memoryKib, passes, lanes] = [Number(m), Number(t), Number(p)]
	if (passes < 1 || lanes < 1 || memoryKib < 8 * lanes) return undefined
	if (memoryKib > mostMemoryKib || memoryKib * passes > mostWork) return undefined
	const bytes = (text: string) => Buffer.from(text, 'base64')
	return { kind, memoryKib, passes, lanes, salt: bytes(salt), digest: bytes(digest) }
}
