import { Secret } from '@postern/vocabulary'
import type { XmlRpcValue } from '@postern/wordpress'
import type { Signed } from '../http/caller.ts'
import type { HandlerOptions } from '../http/options.ts'
import type { WireRequest } from '../http/wire.ts'
import type { Grants, User } from '../types.ts'
import { fault, loginFailed, type Fault } from './outcome.ts'

export type LoginOutcome<U extends User, G extends Grants> =
	| { readonly ok: true; readonly caller: Signed<U, G> }
	| Fault

/** The logins of one HTTP request. */
export type Logins<U extends User, G extends Grants> = {
	prove(userId: XmlRpcValue | undefined, password: XmlRpcValue | undefined): Promise<LoginOutcome<U, G>>
	/** After a login that came too often: when the next one may be tried. */
	retryAfterSeconds(): number | undefined
}

const switchedOff = fault(405, 'XML-RPC services are disabled on this site.')

/**
 * Proves the credentials of each call by themselves. After the first that fails nothing is tried any more in this request, so
 * that a multicall of a thousand guesses is one guess; and whatever the reason, the caller hears the same.
 */
export function createLogins<U extends User, G extends Grants>(
	request: WireRequest,
	{ appPasswords, hooks }: HandlerOptions<U, G>,
): Logins<U, G> {
	const isEnabled = hooks?.xmlrpc_enabled?.(true) ?? true
	const { ip, isTls, requestId } = request
	let hasFailed = false
	let retryAfterSeconds: number | undefined
	return {
		async prove(userId, password) {
			if (!isEnabled) return switchedOff
			if (hasFailed) return loginFailed
			// Pessimistic while it lasts: nothing else may be tried beside it.
			hasFailed = true
			if (typeof userId !== 'string' || typeof password !== 'string') return loginFailed
			const login = { userId: userId.trim(), password: new Secret(password), ip, isTls, requestId }
			const proven = await appPasswords.authenticate({ ...login, surface: 'xml-rpc' })
			if (proven?.ok !== true) {
				retryAfterSeconds = proven?.error.retryAfterSeconds
				return loginFailed
			}
			hasFailed = false
			return { ok: true, caller: { by: 'password', user: proven.value.user, held: proven.value } }
		},
		retryAfterSeconds: () => retryAfterSeconds,
	}
}
