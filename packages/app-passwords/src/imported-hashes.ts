import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { readArgon2Hash } from './argon2-hash.ts'
import { hashAsWordPress } from './hash-secret.ts'
import { hashWithPhpass, isPhpass } from './phpass.ts'

/** WordPress' own prefix before a bcrypt hash of its HMAC (6.8). */
const prehashed = '$wp'
const bcrypt = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
const md5 = /^[0-9a-f]{32}$/
const generic = /^\$generic\$[A-Za-z0-9_-]{40}$/
/** One check at this cost takes about a second here; PHP's own default is 10, later 12. */
const mostBcryptCost = 14

/**
 * A phpass hash that no secret has, for whom there is nothing to check: the check of an account without imported passwords
 * costs as much as that of one with an ordinary one.
 */
export const decoyHash = '$P$BnoSecretHasThisHashAtAllNever.'

/** Whether a hash is of a kind that WordPress wrote for application passwords, at a cost that can be paid. */
export function canBeVerified(stored: string): boolean {
	return generic.test(stored) || isSlow(stored)
}

function isSlow(stored: string): boolean {
	return md5.test(stored) || isPhpass(stored) || bcryptOf(stored) !== undefined || readArgon2Hash(stored) !== undefined
}

/**
 * Checks a stripped secret against a hash from WordPress, as WordPress 7.1 does: MD5, bcrypt over its HMAC-SHA-384, phpass, and
 * what PHP's `password_verify` knows: bcrypt and argon2.
 */
export async function verifyImported(secret: string, stored: string): Promise<boolean> {
	if (generic.test(stored)) return isSame(hashAsWordPress(secret), stored)
	if (md5.test(stored)) return isSame(hash('md5', secret), stored)
	if (isPhpass(stored)) return isSame(await hashWithPhpass(secret, stored), stored)
	const inner = bcryptOf(stored)
	if (inner !== undefined) return verifyBcrypt(stored.startsWith(prehashed) ? prehash(secret) : secret, inner)
	return verifyArgon2(secret, stored)
}

function bcryptOf(stored: string): string | undefined {
	const inner = stored.startsWith(prehashed) ? stored.slice(prehashed.length) : stored
	const cost = Number(bcrypt.exec(inner)?.[1])
	return cost >= 4 && cost <= mostBcryptCost ? inner : undefined
}

function prehash(secret: string): string {
	return createHmac('sha384', 'wp-sha384').update(secret).digest('base64')
}

// Loaded when the first such hash is met: most servers never meet one.
async function verifyBcrypt(secret: string, stored: string): Promise<boolean> {
	const { compare } = await import('bcryptjs')
	return compare(secret, stored)
}

async function verifyArgon2(secret: string, stored: string): Promise<boolean> {
	const read = readArgon2Hash(stored)
	if (read === undefined) return false
	const { argon2iAsync, argon2idAsync } = await import('@noble/hashes/argon2.js')
	const compute = read.kind === 'argon2i' ? argon2iAsync : argon2idAsync
	const { memoryKib: m, passes: t, lanes: p, salt, digest } = read
	return timingSafeEqual(await compute(secret, salt, { m, t, p, dkLen: digest.length }), digest)
}

function isSame(computed: string, stored: string): boolean {
	const [one, other] = [Buffer.from(computed), Buffer.from(stored)]
	return one.length === other.length && timingSafeEqual(one, other)
}
