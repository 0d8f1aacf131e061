import type { Scope } from '@postern/vocabulary'
import type { SiteFacts } from './access.ts'
import { someText } from './html/some-text.ts'
import { findType, scopeOf } from './xml-rpc/post-types.ts'

/** As WordPress looks for them in a text: one that closes and is empty is one all the same. */
const listing = /<!--\s+\/?wp:(?:core\/)?(?:query|post-template)\s/
/** A synced pattern, by its id. */
const pattern = /<!--\s+\/?wp:(?:core\/)?block\s/
/** A feed of others, and what the theme and its plugins hold, which may list anything. */
const unknown = /<!--\s+\/?wp:(?:core\/)?(?:rss|pattern|template-part)\s/
const postTypes = /"postType"\s*:\s*(?:"([^"\\]*)")?/g
/** Letters that are written so by nobody who does not hide them. */
const hidden = /\\u00[4-7]/i

/**
 * The scopes that blocks in these texts take: WordPress fills them whenever it shows the text, and for our account also with what is
 * private, of any type of posts. In linear time.
 */
export function scopesOfShownBlocks(value: unknown, site: SiteFacts): readonly Scope[] {
	const texts: string[] = []
	someText(value, (text) => {
		texts.push(text)
		return false
	})
	const scopes: Scope[] = [
		...(texts.some((text) => unknown.test(text)) ? (['site:everything'] as const) : []),
		...(texts.some((text) => pattern.test(text)) ? (['blocks:read'] as const) : []),
	]
	if (!texts.some((text) => listing.test(text))) return scopes
	// All texts count: WordPress may join two of them.
	if (texts.some((text) => hidden.test(text))) return ['site:everything']
	const named = texts.flatMap((text) => [...text.matchAll(postTypes)].map(([, type]) => type))
	// Whatever is named somewhere, a list shows posts where its own query names nothing, or what nobody may view.
	return [...new Set([...scopes, ...[...named, 'post'].map((type) => scopeOfType(type, site))])]
}

function scopeOfType(type: string | undefined, site: SiteFacts): Scope {
	const known = type === undefined ? undefined : findType(type, site)
	return known === undefined ? 'site:everything' : scopeOf(known.family, 'read')
}
