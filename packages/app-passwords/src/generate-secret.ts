import { randomBytes } from 'node:crypto'
import { Secret } from '@postern/vocabulary'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const length = 24
/** Bytes from here on are drawn again: 256 is no multiple of 62, and a remainder would favour the first letters. */
const fairBytes = 256 - (256 % alphabet.length)

/** Makes the secret of an application password: 24 letters and digits, 142.9 bits, each as likely as the others. */
export function generateSecret(): Secret {
	let text = ''
	while (text.length < length) {
		for (const byte of randomBytes(length)) {
			if (byte < fairBytes && text.length < length) text += alphabet.charAt(byte % alphabet.length)
		}
	}
	return new Secret(text)
}
