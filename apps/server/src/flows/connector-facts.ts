import type { Diagnosis } from '@postern/vocabulary'
import type { DiscoveredSite, VerifiedAccount } from '@postern/wp-client'
import {
	type CheckedState,
	type ConnectorFacts,
	type ConnectorHealth,
	workingState,
} from '../store/connector/connector.ts'

/** Far more than a site with every plugin has. */
const mostNamespaces = 200

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
		notes: [...site.notes, ...account.notes],
	}
}

/** A success. */
export function healthOf(account: VerifiedAccount, checkedAt: Date, latencyMs: number): ConnectorHealth {
	return { state: workingState(account.permissions), diagnosis: null, checkedAt, latencyMs }
}

/** A failure. Only a verdict about the credential or the site's set-up asks for a person; what may pass by itself does not. */
export function failingHealth(diagnosis: Diagnosis, checkedAt: Date, latencyMs: number): ConnectorHealth {
	return { state: failingState(diagnosis.code), diagnosis, checkedAt, latencyMs }
}

function failingState(code: Diagnosis['code']): CheckedState {
	if (code === 'site/maintenance') return 'maintenance'
	if (code.startsWith('network/') || code === 'site/unavailable' || code === 'site/rate-limited') return 'unreachable'
	if (code === 'response/malformed' || code === 'site/fatal-error') return 'unreachable'
	return 'needs-attention'
}
