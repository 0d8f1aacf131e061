import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Secret } from '@postern/vocabulary'
import { cookiePrefix, isSecure } from './cookie-names.ts'
import { readCookie } from './read-cookie.ts'

const lifeSeconds = 90 * 86_400

/** Devices on which an account signed in before. It says nothing about who sits there now: it only has limits of its own. */
export type KnownDevices = {
	/** Gives the device's id if the request comes from one where this account signed in. */
	find(headers: Headers, accountId: string): string | undefined
	/** The `Set-Cookie` line that makes this a known device of the account; the id of a device that is one is kept. */
	remember(headers: Headers, accountId: string): string
}

export function createKnownDevices({
	secret,
	origin,
	now,
}: {
	secret: Secret
	origin: string
	now: () => Date
}): KnownDevices {
	const key = Buffer.from(hkdfSync('sha256', secret.reveal(), '', 'postern known device', 32))
	const name = `${cookiePrefix(origin)}.known_device`
	const seconds = () => Math.floor(now().getTime() / 1000)
	const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
	const find = (headers: Headers, accountId: string) => {
		const [account = '', device = '', since = '', signature = '', ...rest] = (readCookie(headers, name) ?? '').split(
			'.',
		)
		const wanted = Buffer.from(sign(`${accountId}.${device}.${since}`))
		const given = Buffer.from(signature)
		const isOurs =
			rest.length === 0 && account === accountId && given.length === wanted.length && timingSafeEqual(given, wanted)
		return isOurs && Number(since) + lifeSeconds > seconds() ? device : undefined
	}
	return {
		find,
		remember(headers, accountId) {
			const device = find(headers, accountId) ?? randomBytes(12).toString('base64url')
			const text = `${accountId}.${device}.${seconds()}`
			const attributes = [
				'Path=/',
				`Max-Age=${lifeSeconds}`,
				'HttpOnly',
				'SameSite=Lax',
				...(isSecure(origin) ? ['Secure'] : []),
			]
			return [`${name}=${text}.${sign(text)}`, ...attributes].join('; ')
		},
	}
}
