import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addConnector } from '../../store/cases/connector.testing.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { join, setUpAnn, startTestServer, type Browser, type TestServer } from '../routes/test-server.testing.ts'
import { formOf, told } from './page-form.testing.ts'

const page = '/wp-admin/authorize-application.php'
const asked = { app_name: 'App', success_url: 'https://app.example/cb' }

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
let blog: Connector
let shop: Connector
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T12:00:15Z') }))
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

async function setUp(environ: Record<string, string> = {}) {
	server = await startTestServer({ environ: { POSTERN_ORIGIN: 'https://postern.example', ...environ } })
	ann = await setUpAnn(server)
	blog = await addConnector(server.store, ann.workspaceId, 'My blog', 'my.example')
	shop = await addConnector(server.store, ann.workspaceId, 'My shop', 'shop.example')
}

const show = (parameters: Record<string, string>, browser: Browser = ann.browser) =>
	browser.open(`${page}?${new URLSearchParams({ ...asked, ...parameters })}`)

async function answer(parameters: Record<string, string>, changed: Record<string, string | readonly string[]> = {}) {
	const shown = await show(parameters)
	vi.setSystemTime(Date.now() + 1_000)
	return ann.browser.open(page, formOf(shown, { approve: '1', ...changed }))
}

const made = async () =>
	(await server.store.applicationPasswords.listOfWorkspace(ann.workspaceId)).map(({ password }) => password.grants)

describe('a request for one site', () => {
	it('is for that one, shows no other, and tells the application its address behind the gateway', async () => {
		await setUp()
		const shown = await show({ connector: blog.slug })
		expect(told(shown.text)).toContain('My blog')
		expect(told(shown.text)).not.toContain('My shop')
		const done = await answer({ connector: blog.slug })
		expect(done.status).toBe(303)
		const outcome = new URL(done.headers.location ?? '').searchParams
		expect(outcome.get('site_url')).toBe(`https://postern.example/sites/${blog.slug}`)
		expect(outcome.get('user_login')).toBe('Ann')
		expect(await made()).toMatchObject([{ connectors: [blog.id] }])
	})

	it('tells the host of the site where each has one', async () => {
		await setUp({ POSTERN_GATEWAY_ORIGIN: 'https://*.sites.example' })
		const done = await answer({ connector: blog.slug })
		const url = new URL(done.headers.location ?? '').searchParams.get('site_url')
		expect(url).toBe(`https://${blog.slug}.sites.example`)
	})

	it.each([{ reach: 'all' }, { reach: 'some', 'connectors[]': ['{shop}'] }])(
		'stays for that one, whatever a form says: %#',
		async (changed) => {
			await setUp()
			const sent = JSON.parse(JSON.stringify(changed).replace('{shop}', shop.id))
			expect((await answer({ connector: blog.slug }, sent)).status).toBe(303)
			expect(await made()).toMatchObject([{ connectors: [blog.id] }])
		},
	)

	it('offers what that site alone has, and nothing that its account cannot do', async () => {
		await setUp()
		const shown = await show({ connector: blog.slug })
		expect(shown.text).toContain('value="types:recipes:draft"')
		expect(shown.text).toContain('value="ns:wc/v3:read"')
		expect(shown.text).toContain('value="posts:publish"')
		expect(shown.text).not.toContain('value="plugins:write"')
		const custom = { access: 'custom', 'scopes[]': ['types:recipes:draft'] }
		expect((await answer({ connector: blog.slug }, custom)).status).toBe(303)
		const more = { access: 'custom', 'scopes[]': ['plugins:write'] }
		expect((await answer({ connector: blog.slug }, more)).status).toBe(422)
		expect(await made()).toMatchObject([{ scopes: ['types:recipes:draft'] }])
	})

	it('is in the workspace of the site, whichever comes first', async () => {
		await setUp()
		const other = await server.store.workspaces.create('Second place')
		const account = await server.store.accountRows.findByName('ann@example.com')
		await server.store.members.add({ workspaceId: other.id, accountId: account?.id ?? '', role: 'owner' })
		const there = await addConnector(server.store, other.id, 'There', 'there.example')
		const shown = await show({ connector: there.slug })
		expect(told(shown.text)).toContain('Second place')
		expect(shown.text).not.toContain('name="workspace"')
		expect((await answer({ connector: there.slug }, { workspace: ann.workspaceId })).status).toBe(303)
		expect(await made()).toEqual([])
		const [password] = await server.store.applicationPasswords.listOfWorkspace(other.id)
		expect(password?.password.grants.connectors).toEqual([there.id])
	})

	it('is refused for somebody else’s site as for one that does not exist', async () => {
		await setUp()
		const other = await server.store.workspaces.create('Elsewhere')
		const foreign = await addConnector(server.store, other.id, 'Theirs', 'theirs.example')
		const answers = await Promise.all(
			[foreign.slug, 'no-such-site', '../x', 'a'.repeat(5_000)].map((connector) => show({ connector })),
		)
		const [first] = answers
		for (const { status, text } of answers) {
			expect(status).toBe(400)
			expect(told(text)).toContain('is not among yours')
			expect(told(text)).toBe(told(first?.text ?? ''))
		}
		expect(await server.store.applicationPasswords.listOfWorkspace(other.id)).toEqual([])
	})

	it('is refused once the site is gone, also if it was there when it was shown', async () => {
		await setUp()
		const shown = await show({ connector: blog.slug })
		await ann.browser.call('DELETE', `/workspaces/${ann.workspaceId}/connectors/${blog.id}`)
		vi.setSystemTime(Date.now() + 1_000)
		const refused = await ann.browser.open(page, formOf(shown, { approve: '1' }))
		expect([refused.status, await made()]).toEqual([400, []])
	})

	it('becomes no request for all sites when the site goes while it is approved', async () => {
		await setUp()
		const shown = await show({ connector: blog.slug })
		const { gatewayConnectors, connectors } = server.store
		const { findBySlug } = gatewayConnectors
		let lookUps = 0
		const finding = vi.spyOn(gatewayConnectors, 'findBySlug').mockImplementation(async (slug) => {
			const found = await findBySlug(slug)
			lookUps += 1
			if (lookUps === 2) await connectors.delete(ann.workspaceId, blog.id) // it was judged, and is about to be issued
			return found
		})
		vi.setSystemTime(Date.now() + 1_000)
		const refused = await ann.browser.open(page, formOf(shown, { approve: '1' }))
		finding.mockRestore()
		expect(await made()).toEqual([])
		expect([refused.status, told(refused.text).includes('is not among yours')]).toEqual([422, true])
	})

	it('is refused when two are named', async () => {
		await setUp()
		const query = new URLSearchParams(asked)
		for (const { slug } of [blog, shop]) query.append('connector', slug)
		const refused = await ann.browser.open(`${page}?${query}`)
		expect([refused.status, refused.text.includes('connector: duplicate_param')]).toEqual([400, true])
	})

	it('is bounded by the role in the workspace of the site', async () => {
		await setUp()
		const vic = await join(server, ann, { username: 'vic', role: 'viewer' })
		expect((await show({ connector: blog.slug, scope: 'posts:draft' }, vic)).status).toBe(400)
		expect((await show({ connector: blog.slug, scope: 'posts:read' }, vic)).status).toBe(200)
	})
})

describe('a request for no site in particular', () => {
	it('offers what one of the sites can do, and is Postern’s own address', async () => {
		await setUp()
		const shown = await show({})
		expect(shown.text).toContain('value="posts:publish"')
		expect(shown.text).not.toContain('value="plugins:write"')
		expect(shown.text).not.toContain('value="types:recipes:draft"')
		const done = await answer({ scope: 'types:recipes:draft posts:read' })
		expect(new URL(done.headers.location ?? '').searchParams.get('site_url')).toBe('https://postern.example')
		expect(await made()).toMatchObject([{ scopes: ['types:recipes:draft', 'posts:read'] }])
	})

	it('says which scope no site offers', async () => {
		await setUp()
		const refused = await answer({ scope: 'posts:read plugins:write' })
		expect([refused.status, told(refused.text).includes('plugins:write')]).toEqual([422, true])
		expect(await made()).toEqual([])
	})
})
