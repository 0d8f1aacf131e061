import { afterEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.testing.ts'

const password = 'correct horse battery staple'
const ann = { email: 'ann@example.com', username: 'Ann', password, workspaceName: 'Ann’s blogs' }

let server: TestServer
afterEach(() => server.stop())

describe('setting up and signing in', () => {
	it('makes the first account, signs it in, and is closed afterwards', async () => {
		server = await startTestServer()
		const browser = server.browser()
		expect((await browser.call('GET', '/status')).body).toMatchObject({ setup: 'open', environment: 'local' })
		const made = await browser.call('POST', '/setup', ann)
		expect(made.body).toMatchObject({
			account: { username: 'Ann', email: 'ann@example.com', hasSecondFactor: false },
			memberships: [{ role: 'owner', workspace: { name: 'Ann’s blogs' } }],
		})
		expect((await browser.call('GET', '/me')).body).toEqual(made.body)
		expect((await browser.call('GET', '/status')).body.setup).toBe('closed')
		expect((await browser.call('POST', '/setup', ann)).body).toMatchObject({ status: 404, code: 'request/not-found' })
		const other = server.browser()
		expect((await other.call('GET', '/me')).body.code).toBe('account/session-required')
		expect((await other.call('POST', '/session', { username: 'ANN', password })).body).toEqual({ state: 'signed-in' })
		expect((await other.call('GET', '/me')).body.account.username).toBe('Ann')
	})
})
