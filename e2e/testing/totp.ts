import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows for a key in base32 (RFC 6238 with the usual 30 seconds, 6 digits, SHA-1). */
export function totpOf(key: string, now = Date.now()): string {
	const bits = [...key.replace(/[\s=]/g, '')]
		.map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
		.join('')
	const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
	const counter = Buffer.alloc(8)
	counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)))
	const digest = createHmac('sha1', bytes).update(counter).digest()
	const start = (digest.at(-1) ?? 0) & 15
	return String((digest.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
