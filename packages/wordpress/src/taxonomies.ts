import { isBelowCore, isOwnBase, isPlainName } from './core-bases.ts'
import { asRecord, asText } from './json-reading.ts'

/** A custom taxonomy as its routes name it. */
export type SiteTaxonomy = {
	/** `/wp/v2/<restBase>` are its routes. */
	readonly restBase: string
	/** WordPress' own name of it, `product_cat`. */
	readonly slug: string
}

/** WordPress brings these itself. */
const ofCore: ReadonlySet<string> = new Set(['category', 'post_tag', 'nav_menu', 'link_category', 'post_format'])

/**
 * Reads the custom taxonomies of `GET /wp/v2/taxonomies?context=edit`: those whose terms the account may give to posts, that
 * visitors can be shown, and whose routes are `/wp/v2/<restBase>`; 100 at most.
 */
export function readTaxonomies(value: unknown): readonly SiteTaxonomy[] {
	return Object.values(asRecord(value) ?? {})
		.map(asRecord)
		.filter((taxonomy) => taxonomy !== undefined)
		.filter((taxonomy) => isShown(taxonomy['visibility']) && isBelowCore(taxonomy['rest_namespace']))
		.map((taxonomy) => ({ restBase: asText(taxonomy['rest_base']), slug: asText(taxonomy['slug']) }))
		.filter(({ restBase, slug }) => isPlainName(slug) && !isOfCore(slug) && isOwnBase(restBase))
		.slice(0, 100)
}

function isShown(visibility: unknown): boolean {
	return asRecord(visibility)?.['public'] !== false
}

/** Of themes, templates and patterns are all that begin with `wp_`. */
function isOfCore(slug: string): boolean {
	return ofCore.has(slug) || slug.startsWith('wp_')
}
