import { enclose } from '@postern/wp-client/testing/zoo-server'
import { expect, onTestFinished, test } from 'vitest'
import { findSite } from '../../gateway/admit.ts'
import { startTestServer } from '../../http/routes/test-server.testing.ts'
import { ghostSite } from './ghost-site.testing.ts'

const id = '6b02a70d7ce2606f51c7e3ea'
const secret = 'fcdd03236567f5092cd3b960496ecdddc24eb3498ead02514cbbb17091f8dcd7'
const adminApiKey = `${id}:${secret}`

async function open() {
	let key = adminApiKey
	const { httpPort } = await enclose((visit) => ghostSite({ key })(visit))
	const server = await startTestServer({ environ: { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${httpPort}` } })
	onTestFinished(() => server.stop())
	const browser = server.browser()
	const account = { email: 'ada@example.com', username: 'ada', password: 'correct horse battery staple' }
	const me = await browser.call('POST', '/setup', { ...account, workspaceName: 'Ada' })
	const base = `/workspaces/${me.body.memberships[0].workspace.id}`
	const typed = { type: 'ghost', address: `http://127.0.0.1:${httpPort}/` }
	const authorize = async (changes: object) => {
		const answer = await browser.call('POST', `${base}/connectors/verify`, { ...typed, adminApiKey, ...changes })
		const last = answer.text.split('\n\n').findLast((block) => block.startsWith('data: '))
		return last === undefined ? answer.body : JSON.parse(last.slice(6))
	}
	const makeKeyAnew = () => void (key = `${id}:${'1'.repeat(64)}`)
	return { server, browser, base, typed, authorize, makeKeyAnew }
}

test('is found, authorized, saved, read and checked as any other connector, and seals its secret', async () => {
	const { server, browser, base, typed, authorize, makeKeyAnew } = await open()
	const found = await browser.call('POST', `${base}/sites/discover`, typed)
	expect(found.body).toMatchObject({ title: 'Ghost of the zoo', version: '6.65', wordpressVersion: null })
	const { connector } = await authorize({})
	expect(connector).toMatchObject({
		type: 'ghost',
		state: 'healthy',
		account: { username: id, roles: ['Admin Integration'] },
		site: { version: '6.65', wordpressVersion: null, authorizationEndpoint: null },
		offeredScopes: [],
		transport: 'rest',
	})
	const at = `${base}/connectors/${connector.id}`
	expect((await browser.call('POST', `${at}/save`, { name: 'Ghost' })).status).toBe(200)
	expect((await browser.call('GET', `${at}/posts`)).body).toMatchObject({
		posts: [{ id: '6b02a6a87ce2606f51c7e16f', title: 'Coming <soon>', status: 'publish' }],
		drafts: [{ title: 'Not yet', status: 'draft', url: null }],
	})
	expect((await browser.call('POST', `${at}/check`)).body).toMatchObject({ state: 'healthy', diagnosis: null })
	makeKeyAnew()
	const { body: checked } = await browser.call('POST', `${at}/check`)
	expect(checked.diagnosis).toMatchObject({ code: 'site-credential/admin-api-key-rejected', rung: 'login' })
	const rows = await server.store.kysely.selectFrom('connector').selectAll().execute()
	expect(rows).toHaveLength(1)
	for (const text of [JSON.stringify(rows), Buffer.from(rows[0]?.sealed ?? []).toString('latin1'), ...server.logged])
		expect(text).not.toContain(secret)
})

test('is behind no gateway: its name answers as one that nobody has', async () => {
	const { server, browser, base, authorize } = await open()
	const { connector } = await authorize({})
	await browser.call('POST', `${base}/connectors/${connector.id}/save`, { name: 'Ghost' })
	const { gatewayConnectors, kysely } = server.store
	const user = { workspaceId: base.split('/').at(-1), accountId: 'a', login: 'ada' }
	const password = { uuid: 'u', name: 'p', grants: { scopes: ['posts:read'], connectors: 'all' } }
	// As much of a password as finding a site looks at.
	const held = { user, password } as unknown as Parameters<typeof findSite>[1]
	const find = (slug: string) =>
		findSite(slug, held, { gatewayConnectors, recordUnreached: () => expect.unreachable() })
	expect(await find(connector.slug)).toEqual(await find('nobody'))
	expect(await find(connector.slug)).toMatchObject({ problem: { code: 'request/not-found' } })
	await kysely.updateTable('connector').set({ type: 'wordpress-app' }).execute()
	expect(await find(connector.slug)).toMatchObject({ ok: true })
})

test.each([
	[{ adminApiKey: '51616be0d2d4712327a4dcbfc6' }, 'site-credential/looks-like-content-api-key'],
	[{ adminApiKey: 'correct horse battery staple' }, 'site-credential/admin-api-key-malformed'],
	[{ adminApiKey: '' }, 'site-credential/admin-api-key-required'],
	[{ username: 'ada' }, 'request/json-unknown-key'],
	[{ transport: 'xml-rpc' }, 'request/type-error'],
])('refuses %j before it asks anything', async (changes, code) => {
	const { authorize } = await open()
	expect(await authorize(changes)).toMatchObject({ code })
})
