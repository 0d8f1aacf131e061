import { createHandler, type Answer, type Caller } from '@postern/app-passwords'
import type { AuthorizeDoor } from './http/authorize/authorize-door.ts'
import type { OpenedAppPasswords } from './open-app-passwords.ts'
import type { PosternGrants, PosternUser } from './store/application-password/application-password.ts'

/** Makes Postern's own root a WordPress site for its accounts. */
export function openProvider(
	{ appPasswords, users }: OpenedAppPasswords,
	{ origin, door }: { readonly origin: string; readonly door: AuthorizeDoor },
): Answer {
	return createHandler<PosternUser, PosternGrants>({
		appPasswords,
		users,
		site: { url: origin, name: 'Postern', description: 'Application passwords for your WordPress sites' },
		dashboardUrl: '/',
		...door,
		mayListUsers,
		// As on the profile: only owners act for others.
		mayManagePasswordsOf: (caller) => caller.by === 'password' && caller.user.memberRole === 'owner',
	}).answer
}

/** The people of the workspace with their addresses: for administrators, with a password that was made to read users. */
function mayListUsers(caller: Caller<PosternUser, PosternGrants>): boolean {
	if (caller.by !== 'password') return false
	return caller.user.role === 'administrator' && caller.held.password.grants.scopes.includes('users:read')
}
