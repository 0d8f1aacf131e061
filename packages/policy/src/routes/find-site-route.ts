import { isTypeBase } from '@postern/vocabulary'
import type { SiteFacts } from '../access.ts'
import { findCoreRoute, findTermRoute, findTypeRoute, type FoundRoute, isCoreBase, lower } from './find-route.ts'

/** What kind of route it is: WordPress' own, of a custom type of posts, or of a custom taxonomy. */
export type SiteRoute = FoundRoute &
	({ readonly kind: 'core' | 'taxonomy' } | { readonly kind: 'type'; readonly restBase: string })

/** Finds the route that a site has for a path. WordPress' own come first, then types, then taxonomies, as WordPress has them. */
export function findSiteRoute(
	segments: readonly string[],
	{ postTypes, taxonomies }: Pick<SiteFacts, 'postTypes' | 'taxonomies'>,
): SiteRoute | undefined {
	const core = findCoreRoute(segments)
	if (core !== undefined) return { ...core, kind: 'core' }
	const restBase = lower(segments[2] ?? '')
	if (isCoreBase(restBase) || !isTypeBase(restBase)) return undefined
	if (postTypes.has(restBase)) {
		const found = findTypeRoute(segments)
		return found && { ...found, kind: 'type', restBase }
	}
	const found = taxonomies.has(restBase) ? findTermRoute(segments) : undefined
	return found && { ...found, kind: 'taxonomy' }
}
