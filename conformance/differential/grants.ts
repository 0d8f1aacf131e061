import { presets, scopesWithin, type Scope } from '@postern/vocabulary'
import type { SiteFacts } from '@postern/policy'
import type { Grant } from './decide-here.ts'
import type { StockedSite } from './stocked-site.ts'

/** The passwords that a run asks with; wide ones more often, so that much is really run. */
export const scopeSets: readonly {
	readonly name: string
	readonly scopes: readonly Scope[]
	readonly weight: number
}[] = [
	{ name: 'everything', scopes: ['site:everything'], weight: 6 },
	{
		name: 'everything and plugins',
		scopes: ['site:everything', 'ns:acme/v1:write', 'ns:acme/v1:read', 'ns:mcp:write', 'ns:mcp:read'],
		weight: 3,
	},
	{ name: 'editor', scopes: presets.editor, weight: 4 },
	{ name: 'author', scopes: presets.author, weight: 3 },
	{ name: 'drafts only', scopes: presets['drafts-only'], weight: 4 },
	{ name: 'read only', scopes: presets['read-only'], weight: 3 },
	{ name: 'posts:read', scopes: ['posts:read'], weight: 2 },
	{ name: 'books', scopes: ['types:books:publish', 'ns:acme/v1:read'], weight: 1 },
	{ name: 'site:read', scopes: ['site:read'], weight: 1 },
]

const weighted = scopeSets.flatMap((set, at) => Array.from({ length: set.weight }, () => at))

/** Which of the sets a request of this seed asks with. */
export function scopeSetOf(seed: number): number {
	return weighted[(seed >>> 3) % weighted.length] ?? 0
}

/** What Postern knows of it. */
export function factsOf({ capabilities, credential }: StockedSite): SiteFacts {
	return {
		capabilities: new Set(capabilities),
		userId: credential.userId,
		postTypes: new Map([['books', { name: 'book' }]]),
		taxonomies: new Map([['genres', { name: 'genre' }]]),
	}
}

export function grantsOf(site: StockedSite, connectorId: string): readonly Grant[] {
	return scopeSets.map(({ scopes }) => ({
		scopes: scopesWithin('owner', scopes),
		site: factsOf(site),
		connectorId,
	}))
}
