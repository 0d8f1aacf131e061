import { Secret } from '@postern/vocabulary'
import { expect, test } from 'vitest'
import { visitSite } from '../access/visit-site.ts'
import { pasted } from '../store/cases/connector.testing.ts'
import { checkConnector } from './check-connector.ts'
import { connected, must } from './connected.testing.ts'

const member = { kind: 'member', role: 'viewer' } as const

test('a check that its caller left says nothing about the site', async () => {
	const leaving = new AbortController()
	const { ports, workspaceId, connectorId, store, actor } = await connected({
		ask: (ask) => (request) => {
			if (request.headers?.['authorization'] !== undefined) leaving.abort()
			return ask(request)
		},
	})
	await checkConnector(
		{ workspaceId, connectorId, visitor: { ...member, ...actor }, requestId: 'r', signal: leaving.signal },
		ports,
	)
	expect(await store.connectors.find(workspaceId, connectorId)).toMatchObject({ state: 'healthy', diagnosis: null })
})

test('a credential is opened with the username it was entered with, also if it was replaced a moment ago', async () => {
	const { ports, workspaceId, connectorId, store, actor } = await connected()
	const connector = await store.connectors.find(workspaceId, connectorId)
	if (!connector) throw new Error('no connector')
	const place = { workspaceId, table: 'connector', column: 'sealed', rowId: connectorId, version: 2 }
	const sealed = must(await ports.vault.seal(new Secret('another'), { ...place, siteOrigin: connector.site.origin }))
	const facts = { ...connector, account: { ...connector.account, username: 'zoe' } }
	await store.connectors.replaceCredential(workspaceId, connectorId, {
		facts,
		health: { state: 'healthy', diagnosis: null, checkedAt: null, latencyMs: null },
		sealed,
		sealVersion: 2,
		...pasted,
	})
	const { credential } = must(
		await visitSite({ connector, visitor: { ...member, ...actor }, purpose: 'site.read', requestId: 'r' }, ports),
	)
	expect([credential.username, credential.password.reveal()]).toEqual(['zoe', 'another'])
})
