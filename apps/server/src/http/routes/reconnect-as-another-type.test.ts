import { afterEach, beforeEach, expect, it } from 'vitest'
import { addConnector } from '../../store/cases/connector.testing.ts'
import { setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

let server: TestServer
beforeEach(async () => {
	server = await startTestServer()
})
afterEach(() => server.stop())

it('a connector is reconnected as what it is: a key of another type never takes the place of its password', async () => {
	const { browser, workspaceId } = await setUpAnn(server)
	const { id: connectorId, type } = await addConnector(server.store, workspaceId, 'Blog', 'blog.invalid')
	expect(type).toBe('wordpress-app')
	const at = `/workspaces/${workspaceId}`
	const adminApiKey = `${'a'.repeat(24)}:${'b'.repeat(64)}`
	const asGhost = { type: 'ghost', address: 'https://blog.invalid', connectorId }
	const verified = await browser.call('POST', `${at}/connectors/verify`, { ...asGhost, adminApiKey })
	expect(verified.body?.code, verified.text).toBe('request/not-found')
	expect((await browser.call('POST', `${at}/approvals`, asGhost)).body.code).toBe('request/not-found')
})
