import type { SiteCredential } from '@postern/vocabulary'
import { createHmac } from 'node:crypto'

/** Ghost takes none that is older, or valid for longer. */
const lifeSeconds = 5 * 60

/** Makes the value of an `Authorization` header: a JSON Web Token (RFC 7519), signed with HMAC-SHA-256, as Ghost asks for. */
export function formatAdminToken({ username: id, password }: SiteCredential, nowMs: number): string {
	const issuedAt = Math.floor(nowMs / 1_000)
	const header = encode({ alg: 'HS256', typ: 'JWT', kid: id })
	const payload = encode({ iat: issuedAt, exp: issuedAt + lifeSeconds, aud: '/admin/' })
	const key = Buffer.from(password.reveal(), 'hex')
	const signature = createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url')
	return `Ghost ${header}.${payload}.${signature}`
}

function encode(part: object): string {
	return Buffer.from(JSON.stringify(part)).toString('base64url')
}
