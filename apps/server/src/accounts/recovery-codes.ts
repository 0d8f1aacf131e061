import { createHash, randomBytes } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const count = 10
/** 16 letters of 5 bits. */
const length = 16

/** Makes ten codes of 80 bits, in groups of four. */
export function newRecoveryCodes(): readonly string[] {
	return Array.from({ length: count }, () =>
		Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31))
			.join('')
			.replaceAll(/(.{4})(?!$)/g, '$1-'),
	)
}

const prefix = 'sha256:'

/** Hashes a code as it is kept; case, spaces and hyphens do not count. Random codes of 80 bits need no slow hash. */
export function hashRecoveryCode(code: string): string {
	const plain = code.toLowerCase().replaceAll(/[\s-]/g, '')
	return prefix + createHash('sha256').update(plain).digest('hex')
}
