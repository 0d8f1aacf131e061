import type { SiteDocument } from '@postern/api/contract'
import type { Note } from '@postern/vocabulary'
import type { DiscoveredSite, VerifiedAccount } from '@postern/wp-client'
import type { ConnectorFacts } from '../../store/connector/connector.ts'

/** Far more than a site with every plugin has. */
const mostNamespaces = 200

/** What may be told of a site that was found. */
export function siteDocument(site: DiscoveredSite): SiteDocument {
	return {
		url: site.siteUrl,
		host: new URL(site.siteUrl).host,
		title: site.title,
		apiRoot: site.root.url,
		apiStyle: site.root.style,
		applicationPasswords: site.applicationPasswords,
		authorizationEndpoint: site.authorizationEndpoint ?? null,
		adminUrl: site.adminUrl,
		version: site.wordpressVersion ?? null,
		wordpressVersion: site.wordpressVersion ?? null,
		notes: noteDocuments(site.notes),
	}
}

/** Whatever was learnt before it failed. */
export function partialSiteDocument(site: Partial<DiscoveredSite>): Partial<SiteDocument> {
	return {
		...(site.siteUrl === undefined ? {} : { url: site.siteUrl, host: new URL(site.siteUrl).host }),
		...(site.title === undefined ? {} : { title: site.title }),
		...(site.root === undefined ? {} : { apiRoot: site.root.url, apiStyle: site.root.style }),
		...(site.applicationPasswords === undefined ? {} : { applicationPasswords: site.applicationPasswords }),
		...(site.adminUrl === undefined ? {} : { adminUrl: site.adminUrl }),
		...(site.wordpressVersion === undefined ? {} : versionsOf(site.wordpressVersion)),
		...(site.notes === undefined ? {} : { notes: noteDocuments(site.notes) }),
	}
}

function versionsOf(version: string) {
	return { version, wordpressVersion: version }
}

/** The contract's are mutable, as zod makes them; ours are not. */
function noteDocuments(notes: readonly Note[]): SiteDocument['notes'] {
	return notes.map(({ code, params }) => ({ code, params: { ...params } }))
}

/** What a verification proved, as the store keeps it. */
export function factsOf(site: DiscoveredSite, account: VerifiedAccount): ConnectorFacts {
	const url = new URL(site.siteUrl)
	return {
		site: {
			url: site.siteUrl,
			origin: url.origin,
			host: url.host,
			title: site.title,
			homeUrl: site.homeUrl,
			apiRootUrl: site.root.url,
			apiRootStyle: site.root.style,
			authorizationEndpoint: site.authorizationEndpoint ?? account.authorizationEndpoint ?? null,
			adminUrl: site.adminUrl,
			wordpressVersion: site.wordpressVersion ?? null,
			namespaces: (account.namespaces ?? site.namespaces).slice(0, mostNamespaces),
			postTypes: account.postTypes,
			taxonomies: account.taxonomies,
		},
		account: {
			username: account.username,
			userId: account.userId,
			displayName: account.displayName,
			roles: account.roles,
		},
		permissions: account.permissions,
		capabilities: account.capabilities,
		applicationPassword: { uuid: account.passwordUuid ?? null, name: account.passwordName ?? null },
		// Both may say the same, of a site that is reached over XML-RPC for example.
		notes: [...site.notes, ...account.notes.filter(({ code }) => !site.notes.some((said) => said.code === code))],
	}
}
