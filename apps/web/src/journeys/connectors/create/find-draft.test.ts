import type { ConnectorDocument } from '@postern/api/contract'
import { describe, expect, it } from 'vitest'
import { findDraft } from './find-draft.ts'

const draft: ConnectorDocument = {
	id: 'con_1',
	type: 'wordpress-app',
	phase: 'draft',
	name: '',
	slug: 'blog-example',
	gatewayUrl: 'https://postern.example/sites/blog-example/',
	hasOwnHost: false,
	site: {
		url: 'https://blog.example',
		host: 'blog.example',
		title: 'Blog',
		apiRoot: 'https://blog.example/wp-json/',
		apiStyle: 'path',
		applicationPasswords: 'on',
		authorizationEndpoint: null,
		adminUrl: 'https://blog.example/wp-admin/profile.php',
		version: null,
		wordpressVersion: null,
		notes: [],
	},
	account: { username: 'ada', displayName: 'Ada', userId: 1, roles: ['editor'] },
	permissions: ['read'],
	namespaces: [],
	postTypes: [],
	offeredScopes: ['posts:read'],
	applicationPassword: { uuid: null, name: null },
	notes: [],
	transport: 'rest',
	hasEdgeLogin: false,
	certificatePin: null,
	credentialFrom: 'pasted',
	isRotated: true,
	rotateEveryDays: null,
	rotatedAt: null,
	rotationProblem: null,
	tags: [],
	createdBy: null,
	state: 'healthy',
	diagnosis: null,
	checkedAt: null,
	latencyMs: null,
	createdAt: '2026-11-21T12:00:00Z',
	expiresAt: '2026-11-21T12:15:00Z',
}

describe('coming back to a verified connection', () => {
	it('finds the draft that still waits, without asking for anything else', async () => {
		const found = await findDraft('con_1', {
			listDrafts: async () => [draft],
			findConnector: () => Promise.reject(new Error('asked in vain')),
		})
		expect(found).toEqual({ state: 'waiting', draft })
	})

	it('knows one that was saved meanwhile, in another tab for instance', async () => {
		const found = await findDraft('con_1', {
			listDrafts: async () => [],
			findConnector: async () => ({ id: 'con_1', phase: 'saved' }),
		})
		expect(found).toEqual({ state: 'saved', connectorId: 'con_1' })
	})

	it('says that it is gone when nobody knows it any more', async () => {
		const found = await findDraft('con_1', { listDrafts: async () => [], findConnector: async () => undefined })
		expect(found).toEqual({ state: 'gone' })
	})
})
