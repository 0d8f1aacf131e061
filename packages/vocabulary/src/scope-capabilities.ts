import {
	holds,
	isNamespace,
	isOfPostern,
	isStaticScope,
	isTypeBase,
	namespaceVerbs,
	readDynamic,
	scopes,
	typeVerbs,
	type Scope,
	type StaticScope,
} from './scopes.ts'

/** What the account on the site has to be able to do, all of it, for a scope to be of any use there. */
export const scopeCapabilities: Readonly<Record<StaticScope, readonly string[]>> = {
	'posts:read': ['read'],
	'posts:draft': ['edit_posts'],
	'posts:write': ['edit_posts', 'edit_published_posts'],
	'posts:publish': ['edit_posts', 'publish_posts'],
	'posts:delete': ['delete_posts'],
	'posts:others': ['edit_others_posts'],
	'pages:read': ['read'],
	'pages:draft': ['edit_pages'],
	'pages:write': ['edit_pages', 'edit_published_pages'],
	'pages:publish': ['edit_pages', 'publish_pages'],
	'pages:delete': ['delete_pages'],
	'pages:others': ['edit_others_pages'],
	'media:read': ['read'],
	'media:write': ['upload_files'],
	'media:delete': ['delete_posts'],
	'comments:read': ['read'],
	'comments:write': ['moderate_comments'],
	'comments:delete': ['moderate_comments'],
	'terms:read': ['read'],
	'terms:write': ['manage_categories'],
	'terms:delete': ['manage_categories'],
	'blocks:read': ['edit_posts'],
	'blocks:write': ['edit_posts', 'publish_posts'],
	'blocks:delete': ['delete_posts'],
	'search:read': ['read'],
	'site:read': ['read'],
	'users:read': ['list_users'],
	'users:write': ['create_users', 'edit_users', 'promote_users'],
	'users:delete': ['delete_users'],
	'settings:read': ['manage_options'],
	'settings:write': ['manage_options'],
	'plugins:read': ['activate_plugins'],
	'plugins:write': ['activate_plugins', 'install_plugins', 'delete_plugins'],
	'themes:read': ['edit_theme_options'],
	'themes:write': ['edit_theme_options'],
	'html:unfiltered': ['unfiltered_html'],
	'site:everything': ['read'],
	'app-passwords:manage': [],
	'postern:connectors:read': [],
	'postern:connectors:manage': [],
	'postern:passwords:read': [],
	'postern:passwords:manage': [],
	'postern:activity:read': [],
}

/** Namespaces of WordPress itself: its routes have scopes of their own. */
const coreNamespaces = ['wp/v2', 'oembed/1.0', 'wp-site-health/v1', 'wp-block-editor/v1', 'batch/v1']

/** The scopes that make sense for a site, those of Postern apart. */
export function scopesOffered(site: {
	readonly capabilities: ReadonlySet<string>
	readonly postTypes: readonly { readonly restBase: string }[]
	readonly namespaces: readonly string[]
}): readonly Scope[] {
	const isAble = (scope: StaticScope) => scopeCapabilities[scope].every((name) => site.capabilities.has(name))
	const bases = site.postTypes.map(({ restBase }) => restBase).filter(isTypeBase)
	const namespaces = site.namespaces
		.map((namespace) => namespace.toLowerCase())
		.filter((namespace) => isNamespace(namespace) && !coreNamespaces.includes(namespace))
	return [
		...scopes.filter((scope) => !isOfPostern(scope) && isAble(scope)),
		// Which capabilities a custom type asks for is its own affair; most ask for those of posts.
		...bases.flatMap((base) =>
			typeVerbs.filter((verb) => isAble(`posts:${verb}`)).map((verb): Scope => `types:${base}:${verb}`),
		),
		...namespaces.flatMap((namespace) => namespaceVerbs.map((verb): Scope => `ns:${namespace}:${verb}`)),
	]
}

/** The scopes that it takes, all of them, to make use of a capability. */
const capabilityScopes: Readonly<Record<string, readonly StaticScope[]>> = {
	edit_posts: ['posts:draft'],
	edit_published_posts: ['posts:write'],
	edit_private_posts: ['posts:write', 'posts:others'],
	edit_others_posts: ['posts:draft', 'posts:others'],
	publish_posts: ['posts:publish'],
	read_private_posts: ['posts:read'],
	delete_posts: ['posts:delete'],
	delete_published_posts: ['posts:delete'],
	delete_private_posts: ['posts:delete', 'posts:others'],
	delete_others_posts: ['posts:delete', 'posts:others'],
	edit_pages: ['pages:draft'],
	edit_published_pages: ['pages:write'],
	edit_private_pages: ['pages:write', 'pages:others'],
	edit_others_pages: ['pages:draft', 'pages:others'],
	publish_pages: ['pages:publish'],
	read_private_pages: ['pages:read'],
	delete_pages: ['pages:delete'],
	delete_published_pages: ['pages:delete'],
	delete_private_pages: ['pages:delete', 'pages:others'],
	delete_others_pages: ['pages:delete', 'pages:others'],
	upload_files: ['media:write'],
	moderate_comments: ['comments:write'],
	manage_categories: ['terms:write'],
	list_users: ['users:read'],
	create_users: ['users:write'],
	edit_users: ['users:write'],
	promote_users: ['users:write'],
	add_users: ['users:write'],
	delete_users: ['users:delete'],
	remove_users: ['users:delete'],
	manage_options: ['settings:write'],
	activate_plugins: ['plugins:write'],
	install_plugins: ['plugins:write'],
	delete_plugins: ['plugins:write'],
	switch_themes: ['themes:write'],
	edit_theme_options: ['themes:write'],
	unfiltered_html: ['html:unfiltered'],
}

/**
 * Cuts the capabilities of the account on a site down to what the scopes reach, so that no client offers what would be
 * refused. Those that no scope is about (and the names of roles, which WordPress lists among them) belong to *Everything*.
 */
export function capabilitiesWithin(granted: ReadonlySet<Scope>, capabilities: Iterable<string>): string[] {
	return [...capabilities].filter((name) => {
		if (name === 'read') return [...granted].some((scope) => isOfSite(scope))
		const needed = Object.hasOwn(capabilityScopes, name) ? capabilityScopes[name] : undefined
		return (needed ?? ['site:everything' as const]).every((scope) => holds(granted, scope))
	})
}

function isOfSite(scope: Scope): boolean {
	return isStaticScope(scope) ? !isOfPostern(scope) : readDynamic(scope) !== undefined
}
