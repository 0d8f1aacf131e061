/** First segments of WordPress' own routes below `/wp/v2`: what says to live there is not believed. */
const coreBases: ReadonlySet<string> = new Set([
	'block-directory',
	'block-patterns',
	'block-renderer',
	'block-types',
	'blocks',
	'categories',
	'comments',
	'font-collections',
	'font-families',
	'global-styles',
	'icons',
	'media',
	'menu-items',
	'menu-locations',
	'menus',
	'navigation',
	'pages',
	'pattern-directory',
	'plugins',
	'posts',
	'search',
	'settings',
	'sidebars',
	'statuses',
	'tags',
	'taxonomies',
	'template-parts',
	'templates',
	'themes',
	'types',
	'users',
	'widget-types',
	'widgets',
	'wp_pattern_category',
])

/** Whether a base of routes below `/wp/v2` is one that a plugin can have for itself. */
export function isOwnBase(base: string): boolean {
	return isPlainName(base) && !coreBases.has(base)
}

export function isPlainName(text: string): boolean {
	return /^[a-z0-9_-]{1,64}$/.test(text)
}

/** Told since WordPress 5.9. */
export function isBelowCore(namespace: unknown): boolean {
	return namespace === undefined || namespace === 'wp/v2'
}
