import { MANAGE_SCOPE, type Grants, type Held, type NewPassword, type User } from '../types.ts'
import type { Signed } from './caller.ts'
import type { HandlerOptions } from './options.ts'

type Given<G extends Grants> = Omit<NewPassword<G>, 'name' | 'appId'>

/** What a new password gets from whoever makes it; undefined when a session makes it and nobody said what it then gets. */
export function givenBy<U extends User, G extends Grants>(
	maker: Signed<U, G>,
	owner: U,
	options: HandlerOptions<U, G>,
): Given<G> | undefined {
	if (maker.by === 'password') return givenByParent(maker.held, owner, options)
	const { otherAuthentication } = options
	return otherAuthentication && { grants: otherAuthentication.grantsOfNew(maker.user, owner) }
}

/** A password made with a password is never wider, lives no longer, and makes none itself. */
function givenByParent<U extends User, G extends Grants>(
	parent: Held<U, G>,
	owner: U,
	{ grantsOfChild }: HandlerOptions<U, G>,
): Given<G> {
	const { grants, expires, addresses, requestsPerMinute } = parent.password
	const wanted = grantsOfChild?.(parent, owner) ?? grants
	const scopes = wanted.scopes.filter((scope) => scope !== MANAGE_SCOPE && grants.scopes.includes(scope))
	return { grants: { ...wanted, scopes }, expires, addresses, requestsPerMinute }
}
