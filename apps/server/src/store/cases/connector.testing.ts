import type { Diagnosis } from '@postern/vocabulary'
import type { Connector, ConnectorFacts, ConnectorHealth, NewDraft } from '../connector/connector.ts'
import { newId } from '../ids.ts'
import type { Store } from '../store.ts'

export const createdBy = 'mem_creator'

export const healthy: ConnectorHealth = {
	state: 'healthy',
	diagnosis: null,
	checkedAt: new Date('2026-11-20T10:00:00Z'),
	latencyMs: 118,
}

export const diagnosis: Diagnosis = {
	code: 'site-credential/rejected',
	params: { host: 'blog.example', seconds: 3 },
	certainty: 'sure',
	rung: 'login',
	alternatives: ['site-credential/rejected-or-stripped'],
	evidence: [
		{
			step: 'users/me',
			method: 'GET',
			url: 'https://blog.example/wp-json/wp/v2/users/me?context',
			withCredentials: true,
			status: 401,
			facts: ['server: Apache'],
			elapsedMs: 41,
		},
		{
			step: 'xml-rpc',
			method: 'POST',
			url: 'https://blog.example/xmlrpc.php',
			withCredentials: true,
			facts: [],
			elapsedMs: 3.5,
		},
	],
}

export function factsOf(host: string): ConnectorFacts {
	const origin = new URL(`https://${host}`).origin
	return {
		site: {
			url: `${origin}/`,
			origin,
			host,
			title: `Title of ${host}`,
			homeUrl: `${origin}/`,
			apiRootUrl: `${origin}/wp-json/`,
			apiRootStyle: 'path',
			authorizationEndpoint: `${origin}/wp-admin/authorize-application.php`,
			adminUrl: `${origin}/wp-admin/`,
			wordpressVersion: '6.8.3',
			namespaces: ['wp/v2', 'wc/v3'],
			postTypes: [{ restBase: 'recipes', name: '献立', slug: 'recipe' }],
			taxonomies: [{ restBase: 'cuisines', slug: 'cuisine' }],
		},
		account: { username: 'yuki', userId: 4_294_967_299, displayName: '雪 🌨', roles: ['editor'] },
		permissions: ['read', 'draft', 'publish'],
		capabilities: ['edit_posts', 'publish_posts', 'read'],
		applicationPassword: { uuid: '0a6f0e5c-9f55-4f9a-8f8b-3b1c7f1f3a01', name: 'Postern' },
		notes: [{ code: 'login-also-by-email', params: { username: 'yuki' } }],
	}
}

/** A credential that somebody pasted, for a site that is reached as most are. */
export const pasted = {
	reach: { transport: 'rest', edge: null, pin: null },
	credentialFrom: 'pasted',
	isRotated: true,
} as const

export function draftOf(workspaceId: string, host: string, expiresAt: Date): NewDraft {
	return {
		...factsOf(host),
		...healthy,
		id: newId('con'),
		workspaceId,
		type: 'wordpress-app',
		createdBy,
		expiresAt,
		sealed: Uint8Array.of(0, 1, 2, 255),
		sealVersion: 1,
		...pasted,
	}
}

/** Connects and saves in one go. */
export async function addConnector(store: Store, workspaceId: string, name: string, host: string): Promise<Connector> {
	const draft = await store.connectors.createDraft(draftOf(workspaceId, host, new Date('9999-01-01T00:00:00Z')))
	const saved = await store.connectors.save(workspaceId, draft.id, name)
	if (saved === undefined) throw new Error('the draft was not saved')
	return saved
}
