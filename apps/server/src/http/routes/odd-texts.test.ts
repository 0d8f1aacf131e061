import { GROUPED, USERNAME } from '@postern/wp-client/testing/zoo-wordpress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../../scripts/testing/postgres.ts'
import { startTestServer, type Browser, type TestServer } from './test-server.testing.ts'

// PostgreSQL takes no NUL in a text, not even to look for it. SQLite does, so only here a forgotten check shows.
describe('on PostgreSQL, a text that cannot be stored', () => {
	let postgres: TestPostgres | undefined
	let server: TestServer | undefined
	let browser: Browser
	let base = ''
	beforeAll(async () => {
		postgres = await startPostgres()
		server = await startTestServer({ databaseUrl: postgres.databaseUrl })
		browser = server.browser()
		const account = { email: 'ada@example.com', username: 'ada', password: 'correct horse battery staple' }
		const me = await browser.call('POST', '/setup', { ...account, workspaceName: 'Ada' })
		base = `/workspaces/${me.body.memberships[0].workspace.id}`
	}, 120_000)
	afterAll(async () => {
		await server?.stop()
		await postgres?.stop()
	}, 60_000)

	it.each(['/workspaces/ws_%00/connectors', 'BASE/connectors/con_%00', 'BASE/connectors/%00/posts'])(
		'is no id: GET %s',
		async (path) => {
			const answer = await browser.call('GET', path.replace('BASE', base))
			expect(answer.body).toMatchObject({ status: 404, code: 'request/not-found' })
		},
	)

	it('is no id in a body', async () => {
		const address = 'https://blog.example'
		const typed = { type: 'wordpress-app', address, username: USERNAME, applicationPassword: GROUPED }
		const answer = await browser.call('POST', `${base}/connectors/verify`, { ...typed, connectorId: 'con_\0' })
		expect(answer.body).toMatchObject({ status: 404, code: 'request/not-found' })
	})

	it.each([
		['name', 'a\0', 'con_a'],
		['name', 'a', 'con_\0'],
	])('is no place in a list: %j', async (...cursor) => {
		const written = Buffer.from(JSON.stringify(cursor)).toString('base64url')
		const answer = await browser.call('GET', `${base}/connectors?cursor=${written}`)
		expect(answer.body).toMatchObject({ status: 422, code: 'request/type-error' })
	})

	it('finds nothing', async () => {
		expect((await browser.call('GET', `${base}/connectors?search=%00a`)).body).toMatchObject({ total: 0 })
	})

	it('signs nobody in', async () => {
		const answer = await browser.call('POST', '/session', { username: 'ada\0', password: 'x' })
		expect(answer.body).toMatchObject({ status: 401, code: 'account/credentials-wrong' })
	})
})
