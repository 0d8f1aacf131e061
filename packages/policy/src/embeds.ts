import { isTypeBase, type Scope } from '@postern/vocabulary'
import type { Access, SiteFacts } from './access.ts'
import type { RestRequest } from './request.ts'
import { embeddedRelations } from './rest/embedded.ts'
import type { FoundRoute } from './routes/find-route.ts'
import { findSiteRoute } from './routes/find-site-route.ts'
import type { Embeds, PostFamily } from './routes/route.ts'

/**
 * The relations that a bare `_embed` is written out as, but for those that are not granted. Without any it is left out:
 * bare, WordPress would also bring along what a plugin links.
 */
export function embedRelationsOf(
	{ segments }: Pick<RestRequest, 'segments'>,
	site: Pick<SiteFacts, 'postTypes' | 'taxonomies'>,
): readonly string[] {
	return Object.keys(findSiteRoute(segments, site)?.route.embeds ?? {})
}

export function accessesOfEmbeds(
	{ query }: RestRequest,
	{ route, family }: FoundRoute & { readonly family: PostFamily },
	site: SiteFacts,
): readonly Access[] {
	const wanted = embeddedRelations(query)
	if (wanted === undefined) return []
	const embeds = route.embeds ?? {}
	const scopesOf = (relation: string) => scopesOfEmbed(embeds[relation], family, site)
	if (wanted === 'all') {
		return Object.keys(embeds).map((relation) => ({
			needs: [{ scopes: scopesOf(relation) }],
			isWrite: false,
			embeds: relation,
		}))
	}
	return wanted.map((relation) => ({
		needs: [{ scopes: Object.hasOwn(embeds, relation) ? scopesOf(relation) : ['site:everything'] }],
		isWrite: false,
	}))
}

function scopesOfEmbed(named: Embeds[string] | undefined, family: PostFamily, site: SiteFacts): readonly Scope[] {
	return (named ?? []).flatMap((name): readonly Scope[] => {
		if (name === 'own-type') return [`${family}:read`]
		return name === 'any-post' ? anyPost(site) : [name]
	})
}

function anyPost({ postTypes }: SiteFacts): readonly Scope[] {
	const custom = [...postTypes.keys()].filter(isTypeBase).map((base): Scope => `types:${base}:read`)
	return ['posts:read', 'pages:read', 'media:read', ...custom]
}
