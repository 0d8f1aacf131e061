import type { Scope } from '@postern/vocabulary'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addConnector, draftOf } from '../../store/cases/connector.testing.ts'
import { callAs, passwordsOf, pathOf, type Credentials } from './application-passwords.testing.ts'
import { join, setUpAnn, startTestServer, type Answer, type TestServer } from './test-server.testing.ts'

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
let annPath = ''
beforeEach(async () => {
	server = await startTestServer()
	ann = await setUpAnn(server)
	annPath = await pathOf(ann, 'Ann')
})
afterEach(() => server.stop())

async function issue(scopes: readonly Scope[], more: object = {}): Promise<Credentials> {
	const made = await passwordsOf(ann.browser, annPath).create({ name: 'Agent', scopes, ...more })
	if (made.status !== 200) throw new Error(made.text)
	return made.body
}

/** Asks as WordPress' clients do, at our own root. */
function atRoot({ username, password }: Credentials, method: string, path: string, form?: object): Promise<Answer> {
	const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
	const sent = form && new URLSearchParams(Object.entries(form))
	const target = `/wp-json/wp/v2/users/${path}`
	if (method === 'GET') return server.browser().open(target, undefined, { authorization: basic })
	return server.browser().open(target, sent ?? new URLSearchParams(), { authorization: basic })
}

describe('an application that makes passwords', () => {
	it('makes none that manages Postern, and none for everything: nobody proved anything', async () => {
		const all = ['postern:passwords:manage', 'app-passwords:manage', 'site:everything'] as const
		const ask = callAs(server, await issue(all, { confirmEverything: true }))
		for (const scopes of [
			['postern:passwords:manage'],
			['postern:passwords:read', 'posts:read'],
			['app-passwords:manage'],
			['site:everything'],
		]) {
			const made = await ask('POST', `${annPath}/application-passwords`, { name: 'x', scopes, confirmEverything: true })
			expect([scopes, made.body.code]).toEqual([scopes, 'account/step-up-required'])
		}
		const made = await ask('POST', `${annPath}/application-passwords`, { name: 'x', scopes: ['posts:publish'] })
		expect(made.status).toBe(200)
	})

	it('at the root of the site passes nothing of Postern on, and everything by its parts only', async () => {
		const parent = await issue(['app-passwords:manage', 'postern:passwords:manage', 'site:everything'], {
			confirmEverything: true,
		})
		const made = await atRoot(parent, 'POST', 'me/application-passwords', { name: 'Child' })
		expect(made.status).toBe(201)
		const child = (await passwordsOf(ann.browser, annPath).list()).at(-1)
		expect(child).toMatchObject({ uuid: made.body.uuid, name: 'Child', createdBy: null, preset: null })
		expect(child.scopes).toContain('plugins:write')
		const delicate = (scope: string) => /^postern:|^app-passwords:|^site:everything$/.test(scope)
		expect(child.scopes.filter(delicate)).toEqual([])
	})

	it('at the root of the site does not pass on what a plugin can do anything with', async () => {
		const draft = draftOf(ann.workspaceId, 'mcp.example', new Date('9999-01-01'))
		await server.store.connectors.createDraft({ ...draft, site: { ...draft.site, namespaces: ['mcp', 'wc/v3'] } })
		await server.store.connectors.save(ann.workspaceId, draft.id, 'Agents')
		const parent = await issue(['app-passwords:manage', 'ns:mcp:write', 'ns:wc/v3:read'])
		expect((await atRoot(parent, 'POST', 'me/application-passwords', { name: 'Child' })).status).toBe(201)
		const child = (await passwordsOf(ann.browser, annPath).list()).at(-1)
		expect(child).toMatchObject({ name: 'Child', scopes: ['ns:wc/v3:read'] })
		const passed = await callAs(server, parent)('POST', `${annPath}/application-passwords`, {
			name: 'x',
			scopes: ['ns:mcp:read'],
		})
		expect(passed.body.code).toBe('application-password/scope-missing')
	})

	it('for somebody else makes none beyond that role, also for the day on which it is raised', async () => {
		await join(server, ann, { username: 'vic', role: 'viewer' })
		const vicPath = await pathOf(ann, 'vic')
		const parent = await issue(['app-passwords:manage', 'users:write', 'posts:publish', 'media:read'])
		const { wordpressId } = (await ann.browser.call('GET', vicPath)).body
		const made = await atRoot(parent, 'POST', `${wordpressId}/application-passwords`, { name: 'For Vic' })
		expect(made.status).toBe(201)
		const [listed] = await passwordsOf(ann.browser, vicPath).list()
		expect(listed).toMatchObject({ name: 'For Vic', createdBy: 'Ann' })
		expect(listed.scopes.toSorted()).toEqual(['media:read', 'posts:read'])
	})
})

describe('an application whose password is for some connectors', () => {
	it('finds no others, connects none, and opens none', async () => {
		const [blog, shop] = [
			await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example'),
			await addConnector(server.store, ann.workspaceId, 'Shop', 'shop.example'),
		]
		const ask = callAs(server, await issue(['postern:connectors:manage'], { connectors: [blog.id] }))
		const path = `/workspaces/${ann.workspaceId}/connectors`
		const listed = await ask('GET', path)
		expect(listed.body).toMatchObject({ connectors: [{ id: blog.id }], total: 1, nextCursor: null })
		expect((await ask('GET', `${path}/${blog.id}`)).status).toBe(200)
		const typed = { type: 'wordpress-app', address: 'https://shop.example', username: 'x' }
		const verify = (more: object) =>
			ask('POST', `${path}/verify`, { ...typed, applicationPassword: 'abcd EFGH 1234 ijkl MNOP 6789', ...more })
		const foreign = [
			await ask('GET', `${path}/${shop.id}`),
			await ask('PATCH', `${path}/${shop.id}`, { name: 'Mine' }),
			await ask('GET', `${path}/${shop.id}/posts`),
			await ask('POST', `${path}/${shop.id}/check`),
			await ask('POST', `${path}/${shop.id}/save`, { name: 'Mine' }),
			await ask('DELETE', `${path}/${shop.id}`),
			await ask('POST', `${path}/${shop.id}/rotate`),
			await ask('POST', `${path}/${shop.id}/try-draft`),
			await ask('GET', `${path}/${shop.id}/history`),
			await verify({ connectorId: shop.id }),
		]
		expect(foreign.map(({ body }) => body.code)).toEqual(foreign.map(() => 'request/not-found'))
		expect((await verify({})).body).toMatchObject({
			code: 'application-password/scope-beyond-caller',
			params: { scope: 'connectors' },
		})
		expect((await ask('PATCH', `${path}/${blog.id}`, { name: 'Diary' })).body.name).toBe('Diary')
		for (const elsewhere of [`${path}/${blog.id}/other-sites`, `/workspaces/${ann.workspaceId}/approvals/latest`])
			expect((await ask('GET', elsewhere)).body.code, elsewhere).toBe('application-password/not-allowed-here')
		for (const whole of ['export', 'tags', 'owners'])
			expect((await ask('GET', `${path}/${whole}`)).text, whole).not.toMatch(/shop/i)
		for (const meant of [{ ids: [shop.id] }, { matching: { search: 'shop' } }, { matching: {} }])
			for (const action of ['pause', 'delete']) {
				const bulk = await ask('POST', `${path}/bulk`, { action, ...meant })
				expect(bulk.text, bulk.text).not.toMatch(/shop\.example|"Shop"/)
			}
		expect(await server.store.connectors.find(ann.workspaceId, shop.id)).toMatchObject({ isPaused: false })
		expect((await ask('GET', path)).body, 'the one within reach is deleted').toMatchObject({ connectors: [], total: 0 })
		expect(await server.store.connectors.find(ann.workspaceId, shop.id)).toMatchObject({ name: 'Shop' })
	})

	it('finds none if it is for none', async () => {
		await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
		const ask = callAs(server, await issue(['postern:connectors:read'], { connectors: [] }))
		const listed = await ask('GET', `/workspaces/${ann.workspaceId}/connectors`)
		expect(listed.body).toMatchObject({ connectors: [], total: 0 })
	})
})
