import { createHmac, timingSafeEqual } from 'node:crypto'

const stepMs = 30_000

/**
 * Finds the time step whose code this is, one before or after now included (RFC 6238 §5.2). Spaces do not count; only the
 * digits 0 to 9 are digits.
 */
export function findTotpStep(typed: { seed: Uint8Array; code: string }, now: Date): number | undefined {
	const code = typed.code.replaceAll(/\s/g, '')
	if (!/^[0-9]{6}$/.test(code)) return undefined
	const current = Math.floor(now.getTime() / stepMs)
	const wanted = Buffer.from(code)
	return [current, current - 1, current + 1].find((step) =>
		timingSafeEqual(Buffer.from(totpCode(typed.seed, step)), wanted),
	)
}

/** The six digits of a step (RFC 4226 §5.3). */
export function totpCode(seed: Uint8Array, step: number): string {
	const counter = Buffer.alloc(8)
	counter.writeBigUInt64BE(BigInt(step))
	const digest = createHmac('sha1', seed).update(counter).digest()
	const offset = digest.readUInt8(19) & 0x0f
	return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}
