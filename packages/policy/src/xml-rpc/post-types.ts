import type { TypeVerb, Scope } from '@postern/vocabulary'
import type { SiteFacts } from '../access.ts'
import type { PostFamily } from '../routes/route.ts'

/** A type of posts that scopes can name: those with all verbs, and media and blocks, which have fewer. */
export type KnownType =
	| { readonly type: string; readonly family: PostFamily }
	| { readonly type: 'attachment' | 'wp_block'; readonly family: 'media' | 'blocks' }

/**
 * The type of WordPress' that has this name. Undefined for all that is no type of content (revisions, menus, templates, styles,
 * changesets), and for what is not known of the site: only *Everything* reaches those.
 */
export function findType(name: string, site: SiteFacts): KnownType | undefined {
	return knownTypes(site).find(({ type }) => type === name)
}

/** Posts stand last: who lacks all scopes is told that of the last. */
export function knownTypes(site: SiteFacts): readonly KnownType[] {
	const known = listed.get(site.postTypes) ?? [...customTypes(site), ...core]
	listed.set(site.postTypes, known)
	return known
}

const listed = new WeakMap<SiteFacts['postTypes'], readonly KnownType[]>()

const core: readonly KnownType[] = [
	{ type: 'wp_block', family: 'blocks' },
	{ type: 'attachment', family: 'media' },
	{ type: 'page', family: 'pages' },
	{ type: 'post', family: 'posts' },
]

/** WordPress' own, which a site that is not honest might list as custom. */
const internal = ['revision', 'nav_menu_item', 'custom_css', 'customize_changeset', 'oembed_cache', 'user_request']

function customTypes({ postTypes }: SiteFacts): readonly KnownType[] {
	return [...postTypes]
		.filter(([, { name }]) => !name.startsWith('wp_') && !internal.includes(name))
		.filter(([, { name }]) => core.every(({ type }) => type !== name))
		.map(([base, { name }]) => ({ type: name, family: `types:${base}` }))
}

export function scopeOf(family: KnownType['family'], verb: Extract<TypeVerb, 'read' | 'delete'>): Scope {
	return `${family}:${verb}`
}
