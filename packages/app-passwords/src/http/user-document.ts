import { defaultCapabilities, type WordPressRole } from '@postern/wordpress'
import type { User } from '../types.ts'
import type { Site } from './options.ts'

export type Context = 'view' | 'embed' | 'edit'

/** A person as WordPress writes one. `edit` holds what only the person and administrators may see. */
export function userDocument(user: User, site: Site, context: Context): Readonly<Record<string, unknown>> {
	const links = {
		self: [{ href: `${site.url}/wp-json/wp/v2/users/${user.id}` }],
		collection: [{ href: `${site.url}/wp-json/wp/v2/users` }],
	}
	const shown = { url: '', description: '', link: `${site.url}/` }
	const slug = slugOf(user)
	if (context === 'embed') return { id: user.id, name: user.displayName, ...shown, slug, _links: links }
	if (context === 'view') return { id: user.id, name: user.displayName, ...shown, slug, meta: [], _links: links }
	return {
		id: user.id,
		username: user.login,
		name: user.displayName,
		first_name: '',
		last_name: '',
		email: user.email,
		...shown,
		locale: user.locale,
		nickname: user.login,
		slug,
		roles: [user.role],
		registered_date: `${user.registered.toISOString().slice(0, 19)}+00:00`,
		capabilities: capabilitiesOf[user.role],
		extra_capabilities: { [user.role]: true },
		meta: [],
		_links: links,
	}
}

/** WordPress' `user_nicename`: the login name as it may stand in an address. */
export function slugOf(user: User): string {
	return user.login
		.toLowerCase()
		.replace(/[^a-z0-9_-]+/g, '-')
		.replace(/^-+|-+$/g, '')
}

const roles: readonly WordPressRole[] = ['administrator', 'editor', 'author', 'contributor', 'subscriber']

/** The role itself counts as a capability, as the last one. */
const capabilitiesOf = Object.fromEntries(
	roles.map((role) => [role, Object.fromEntries([...defaultCapabilities[role], role].map((name) => [name, true]))]),
)
