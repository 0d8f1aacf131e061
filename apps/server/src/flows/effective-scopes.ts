import { scopesWithin, type Scope } from '@postern/vocabulary'
import type { PosternGrants, PosternUser } from '../store/application-password/application-password.ts'

type Granted = {
	readonly user: Pick<PosternUser, 'memberRole'>
	readonly password: { readonly grants: Pick<PosternGrants, 'scopes'> }
}

/** What a password may do now: what it was granted, as far as the role reaches that its owner has at this moment. */
export function effectiveScopes({ user, password }: Granted): ReadonlySet<Scope> {
	return scopesWithin(user.memberRole, password.grants.scopes)
}
