import type { Note } from '@postern/vocabulary'
import {
	decodeEntities,
	grantedCapabilities,
	type SiteIndex,
	type SitePostType,
	type SiteTaxonomy,
	type SiteUser,
	summarizeCapabilities,
} from '@postern/wordpress'
import { readAuthorizationEndpoint } from './describe-site.ts'
import type { Introspection } from './judge-introspection.ts'
import { notesOfLogin } from './notes-of-login.ts'
import type { Probe } from './probe.ts'
import type { DiscoveredSite, VerifiedAccount } from './types.ts'

type Known = {
	readonly user: SiteUser
	readonly introspection: Introspection
	/** Opened by the credential, where visitors may not read it. */
	readonly index: SiteIndex | undefined
	readonly postTypes: readonly SitePostType[]
	readonly taxonomies: readonly SiteTaxonomy[]
	readonly site: DiscoveredSite
	readonly typed: string
	readonly quote: Probe['quote']
}

export function describeAccount(known: Known): Omit<VerifiedAccount, 'evidence'> {
	const { user, introspection, index, quote } = known
	const username = quote(user.username, 60)
	const account = {
		userId: user.id,
		username,
		displayName: quote(decodeEntities(user.name)) || username,
		roles: user.roles.map((role) => quote(role, 60)),
		permissions: summarizeCapabilities(user.capabilities),
		capabilities: grantedCapabilities(user.capabilities).map((capability) => quote(capability, 100)),
		...(introspection.kind === 'known' ? { passwordUuid: introspection.uuid, passwordName: introspection.name } : {}),
		...(index === undefined ? {} : { namespaces: index.namespaces.map((namespace) => quote(namespace, 100)) }),
		postTypes: known.postTypes.map((type) => ({ ...type, name: quote(decodeEntities(type.name), 100) || type.slug })),
		taxonomies: known.taxonomies,
		...endpointOf(known),
	}
	return { ...account, notes: notesOf(account, known) }
}

// An address that echoes the credential is as good as none.
function endpointOf({ index, site, quote }: Known): Pick<VerifiedAccount, 'authorizationEndpoint'> {
	const { authorizationEndpoint: endpoint } = readAuthorizationEndpoint(index, site.root)
	return endpoint === undefined || quote(endpoint, 4_096) !== endpoint ? {} : { authorizationEndpoint: endpoint }
}

type Described = Parameters<typeof notesOfLogin>[0]

function notesOf(account: Described, { introspection, index, typed }: Known): Note[] {
	const notes: Note[] = []
	if (index !== undefined) notes.push({ code: 'api-closed-to-visitors', params: {} })
	if (introspection.kind === 'missing') notes.push({ code: 'introspection-missing', params: {} })
	return [...notes, ...notesOfLogin(account, typed)]
}
