import { isBelowCore, isOwnBase, isPlainName } from './core-bases.ts'
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
		.filter(({ restBase, slug }) => isPlainName(slug) && !ofCore.has(slug) && isOwnBase(restBase))
		.slice(0, 100)
}
