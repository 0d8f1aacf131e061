import { asRecord, asText } from './json-reading.ts'

/** A custom post type as its routes name it. */
export type SitePostType = {
	/** `/wp/v2/<restBase>` are its routes. */
	readonly restBase: string
	/** As sent: entities in, uncut. */
	readonly name: string
	/** WordPress' own name of it, `product`. */
	readonly slug: string
}

/** WordPress brings these itself; what may be done with them has names of its own. */
const ofCore: ReadonlySet<string> = new Set([
	'post',
	'page',
	'attachment',
	'revision',
	'nav_menu_item',
	'custom_css',
	'customize_changeset',
	'oembed_cache',
	'user_request',
	'wp_block',
	'wp_template',
	'wp_template_part',
	'wp_global_styles',
	'wp_navigation',
	'wp_font_family',
	'wp_font_face',
])

/** First segments of WordPress' own routes below `/wp/v2`: a type that says to live there is not believed. */
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

/**
 * Reads the custom post types of `GET /wp/v2/types?context=edit`: those that the account may edit, that visitors can be shown,
 * and whose routes are `/wp/v2/<restBase>`; 100 at most.
 */
export function readPostTypes(value: unknown): readonly SitePostType[] {
	return Object.values(asRecord(value) ?? {})
		.map(asRecord)
		.filter((type) => type !== undefined)
		.filter((type) => type['viewable'] !== false && isBelowCore(type['rest_namespace']))
		.map((type) => ({ restBase: asText(type['rest_base']), name: asText(type['name']), slug: asText(type['slug']) }))
		.filter(({ restBase, slug }) => isPlain(slug) && !ofCore.has(slug) && isPlain(restBase) && !coreBases.has(restBase))
		.slice(0, 100)
}

/** Told since WordPress 5.9. */
function isBelowCore(namespace: unknown): boolean {
	return namespace === undefined || namespace === 'wp/v2'
}

function isPlain(text: string): boolean {
	return /^[a-z0-9_-]{1,64}$/.test(text)
}
