import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

// AES-256-GCM (NIST SP 800-38D), the form in which everything of the vault lies in the store:
//
//     format (1) | key id (8) | nonce (12) | ciphertext | tag (16)

const CIPHER = 'aes-256-gcm'
export const KEY_BYTES = 32
const KEY_ID_BYTES = 8
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + KEY_ID_BYTES
const OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES

/** A format that is not listed is refused, never guessed. */
const FORMAT = 1
const readableFormats: ReadonlySet<number> = new Set([FORMAT])

/** A key in memory that prints as nothing, with its public name. */
export type NamedKey = { readonly id: string; readonly key: KeyObject }

/** Takes the bytes over: they are zero afterwards. */
export function nameKey(bytes: Uint8Array): NamedKey {
	const id = createHmac('sha256', bytes).update('pst-vault key id').digest().subarray(0, KEY_ID_BYTES).toString('hex')
	const key = createSecretKey(bytes)
	bytes.fill(0)
	return { id, key }
}

/** Closes `plaintext` so that it opens only with the same key and the same `context`. */
export function closeBox(plaintext: Uint8Array, { id, key }: NamedKey, context: readonly string[]): Uint8Array {
	const nonce = randomBytes(NONCE_BYTES)
	const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
	cipher.setAAD(associatedData(FORMAT, id, context))
	const header = Buffer.concat([Buffer.from([FORMAT]), Buffer.from(id, 'hex')])
	return Buffer.concat([header, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** Names the key a box was closed with; undefined for what is no box of a readable format. */
export function keyIdOf(box: Uint8Array): string | undefined {
	if (box.length < OVERHEAD_BYTES || !readableFormats.has(box[0] ?? -1)) return undefined
	return partsOf(box).keyId.toString('hex')
}

/** Gives undefined when anything differs: key, context, or a single bit. */
export function openBox(box: Uint8Array, { id, key }: NamedKey, context: readonly string[]): Buffer | undefined {
	if (keyIdOf(box) !== id) return undefined
	const { nonce, ciphertext, tag } = partsOf(box)
	const decipher = createDecipheriv(CIPHER, key, nonce, withTag)
	decipher.setAAD(associatedData(box[0] ?? -1, id, context))
	decipher.setAuthTag(tag)
	// `update` gives plaintext before the tag is checked; nothing of it is used before `final` agreed.
	const unchecked = decipher.update(ciphertext)
	try {
		decipher.final()
		return unchecked
	} catch {
		unchecked.fill(0)
		return undefined
	}
}

/** Without `authTagLength` Node would take a tag of 4 bytes. */
const withTag = { authTagLength: TAG_BYTES }

type BoxParts = {
	readonly keyId: Buffer
	readonly nonce: Uint8Array
	readonly ciphertext: Uint8Array
	readonly tag: Uint8Array
}

/** Views into the box, made once for as long as somebody keeps it: a credential is opened for every request. */
function partsOf(box: Uint8Array): BoxParts {
	const known = views.get(box)
	if (known !== undefined) return known
	const made = {
		keyId: Buffer.from(box.buffer, box.byteOffset + 1, KEY_ID_BYTES),
		nonce: box.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES),
		ciphertext: box.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES),
		tag: box.subarray(-TAG_BYTES),
	}
	views.set(box, made)
	return made
}

const views = new WeakMap<Uint8Array, BoxParts>()

/** What a context comes to, written out once for as long as somebody keeps it. */
function associatedData(format: number, keyId: string, context: readonly string[]): Buffer {
	const known = written.get(context)
	if (known?.format === format && known.keyId === keyId) return known.bytes
	const bytes = writeOut(['pst-vault', String(format), keyId, ...context])
	written.set(context, { format, keyId, bytes })
	return bytes
}

const written = new WeakMap<readonly string[], { format: number; keyId: string; bytes: Buffer }>()

/** Every part has its length before it, so that no two lists of parts give the same bytes. */
function writeOut(texts: readonly string[]): Buffer {
	const parts = texts.map((text) => Buffer.from(text, 'utf8'))
	return Buffer.concat(
		parts.flatMap((part) => {
			const length = Buffer.alloc(4)
			length.writeUInt32BE(part.length)
			return [length, part]
		}),
	)
}
