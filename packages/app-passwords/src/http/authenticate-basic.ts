import { readBasicCredentials } from '@postern/wordpress'
import type { AppPasswords } from '../app-passwords.ts'
import type { Grants, Held, MaybePromise, Outcome, User } from '../types.ts'

/** A request to a route of your own. */
export type BasicRequest = {
	/** The header as it was sent. */
	readonly authorization: string | null | undefined
	readonly ip: string
	readonly isTls: boolean
	readonly requestId?: string | null
}

/**
 * Proves the application password of a request to a route of your own. Undefined: there is none, or none counts here; let only
 * `ok` in. Refuses with what `AppPasswords.authenticate` refuses with.
 */
export function authenticateBasic<U extends User, G extends Grants>(
	appPasswords: Pick<AppPasswords<U, G>, 'authenticate'>,
	{ authorization, ip, isTls, requestId = null }: BasicRequest,
): MaybePromise<Outcome<Held<U, G>> | undefined> {
	const credentials = readBasicCredentials(authorization)
	if (credentials.kind !== 'basic') return undefined
	const { userId, password } = credentials
	return appPasswords.authenticate({ userId, password, ip, isTls, requestId })
}
