import { createHandler, type Answer, type Caller } from '@postern/app-passwords'
import { scopesWithin } from '@postern/vocabulary'
import { isDelicate } from './flows/wanted-password.ts'
import type { AuthorizeDoor } from './http/authorize/authorize-door.ts'
import type { OpenedAppPasswords } from './open-app-passwords.ts'
import type { Late } from './open-late.ts'
import type { PosternGrants, PosternHeld, PosternUser } from './store/application-password/application-password.ts'

/** Makes Postern's own root a WordPress site for its accounts. */
export function openProvider(
	{ appPasswords, users }: OpenedAppPasswords,
	{ origin, door }: { readonly origin: string; readonly door: Pick<Late<AuthorizeDoor>, 'get'> },
): Answer {
	return createHandler<PosternUser, PosternGrants>({
		appPasswords,
		users,
		site: { url: origin, name: 'Postern', description: 'Application passwords for your WordPress sites' },
		dashboardUrl: '/',
		// Few ever open these pages, and nobody before the server listens.
		authorizePage: async (request) => (await door.get()).authorizePage(request),
		loginPage: async (request) => (await door.get()).loginPage(request),
		mayListUsers,
		// As on the profile: only owners act for others.
		mayManagePasswordsOf: (caller) => caller.by === 'password' && caller.user.memberRole === 'owner',
		grantsOfChild,
	}).answer
}

/** The people of the workspace with their addresses: for administrators, with a password that was made to read users. */
function mayListUsers(caller: Caller<PosternUser, PosternGrants>): boolean {
	if (caller.by !== 'password') return false
	return caller.user.role === 'administrator' && caller.held.password.grants.scopes.includes('users:read')
}

/**
 * What a password passes on: its own, as far as the role of the new one's owner reaches. Nothing that wants a proof to be
 * issued, for an application can prove nothing: neither Postern nor everything, but what everything comes to today.
 */
function grantsOfChild({ password: { grants } }: PosternHeld, owner: PosternUser): PosternGrants {
	const reached = scopesWithin(owner.memberRole, grants.scopes)
	const scopes = [...reached].filter((scope) => !isDelicate(scope))
	return { ...grants, preset: null, scopes }
}
