import { describe, expect, it } from 'vitest'
import { createHandler } from '../index.ts'
import { outcome, people, siteUrl, startProvider, toRequest } from './provider.testing.ts'

const { admin, editor, subscriber } = people
const me = '/wp/v2/users/me'
const connection = { ip: '192.0.2.7', isTls: true }

async function start(settings: Parameters<typeof startProvider>[0] = {}) {
	const provider = await startProvider(settings)
	return { ...provider, own: await provider.issueManaging(admin), sam: await provider.issueManaging(subscriber) }
}

describe('the index', () => {
	it('#38 names the authorize page, and says where the API is on every answer', async () => {
		const { ask } = await start({ site: { url: siteUrl, name: 'My site', description: 'About' } })
		const got = await ask('/wp-json/')
		expect(got.json).toMatchObject({
			name: 'My site',
			description: 'About',
			url: siteUrl,
			home: siteUrl,
			gmt_offset: 0,
			timezone_string: 'UTC',
			namespaces: ['wp/v2'],
			authentication: {
				'application-passwords': {
					endpoints: { authorization: `${siteUrl}/wp-admin/authorize-application.php` },
				},
			},
			routes: { '/': {}, '/wp/v2': {}, '/wp/v2/users/me': { methods: ['GET'] } },
		})
		expect(Object.keys(got.json as object).slice(0, 8)).toEqual([
			'name',
			'description',
			'url',
			'home',
			'gmt_offset',
			'timezone_string',
			'namespaces',
			'authentication',
		])
		for (const path of ['/wp-json/', '/wp-json/nothing', '/wp-json/wp/v2/users/me'])
			expect((await ask(path)).headers.get('link')).toBe(`<${siteUrl}/wp-json/>; rel="https://api.w.org/"`)
		expect((await ask('/wp-json/wp/v2')).json).toMatchObject({ namespace: 'wp/v2' })
	})
})

describe('people', () => {
	it('shows oneself, and others to administrators only', async () => {
		const { ask, own, sam } = await start()
		expect((await ask('users/me?context=edit', { as: sam.as })).json).toMatchObject({
			id: 3,
			username: 'sam',
			email: 'sam@example.test',
			roles: ['subscriber'],
			capabilities: { read: true, level_0: true, subscriber: true },
			registered_date: '2026-03-01T08:00:00+00:00',
		})
		expect((await ask('users/3', { as: sam.as })).json).toMatchObject({ id: 3, slug: 'sam' })
		expect(outcome(await ask('users/1', { as: sam.as }))).toBe('403 rest_user_cannot_view')
		expect(outcome(await ask('users', { as: sam.as }))).toBe('403 rest_user_cannot_view')
		expect(outcome(await ask('users/1'))).toBe('401 rest_user_cannot_view')
		expect(outcome(await ask('users/99', { as: own.as }))).toBe('404 rest_user_invalid_id')
		expect((await ask('users/3?context=edit', { as: own.as })).json).toMatchObject({ email: 'sam@example.test' })
	})

	it('pages the list, by name, and says how many there are', async () => {
		const { ask, own } = await start()
		const got = await ask('users?per_page=3&page=1', { as: own.as })
		expect((got.json as { name: string }[]).map(({ name }) => name)).toEqual(['Ada', 'Bea', 'Edo'])
		expect(got.headers.get('x-wp-total')).toBe('4')
		expect(got.headers.get('x-wp-totalpages')).toBe('2')
		expect(got.headers.get('link')).toBe(`<${siteUrl}/wp-json${me.slice(0, -3)}?per_page=3&page=2>; rel="next"`)
		expect((await ask('users?search=SAM', { as: own.as })).json).toMatchObject([{ id: 3 }])
		expect((await ask('users?orderby=id&order=desc&_fields=id', { as: own.as })).json).toEqual([
			{ id: 4 },
			{ id: 3 },
			{ id: 2 },
			{ id: 1 },
		])
		expect(outcome(await ask('users?per_page=101', { as: own.as }))).toBe('400 rest_invalid_param')
	})

	it('lets the embedding server say who sees others', async () => {
		const { ask, own } = await start({ mayListUsers: () => false })
		expect(outcome(await ask('users', { as: own.as }))).toBe('403 rest_user_cannot_view')
		expect(outcome(await ask('users/3', { as: own.as }))).toBe('403 rest_user_cannot_view')
	})
})

describe('spellings of a route', () => {
	it('#79 answers each spelling as the plain one', async () => {
		const { ask, own } = await start()
		for (const path of [
			`/wp-json${me}`,
			`/wp-json${me}/`,
			'/wp-json/WP/V2/Users/ME',
			'/wp-json//wp/v2//users/me',
			'/wp-json/wp%2Fv2/%75sers/me',
			`/index.php/wp-json${me}`,
			`/?rest_route=${me}`,
			`/?rest_route=${encodeURIComponent(`${me}/`)}`,
			`/index.php?rest_route=${me}`,
			`/wp-json${me}?rest_route=${me}`,
			`/?rest%5Froute=${me}`,
		]) {
			expect((await ask(path, { as: own.as })).json).toMatchObject({ id: 1 })
			expect(outcome(await ask(path))).toBe('401 rest_not_logged_in')
		}
	})

	it('refuses what names two routes, or could mean another one to somebody else', async () => {
		const { ask, own } = await start()
		for (const path of [
			`/wp-json/?rest_route=${me}`,
			`/wp-json${me}?rest_route=/wp/v2/users`,
			`/?rest_route=${me}&rest_route=/`,
			`/?rest_route[]=${me}`,
			'/wp-json/wp/v2/users/%252e%252e/users/me',
			'/wp-json/wp/v2/users%5Cme',
			'/wp-json/wp/v2/users/me%00',
			'/wp-json/wp/v2/users/me%3Fa',
			'/wp-json/%FF',
			'/?rest_route=/wp/v2/users/../users/me',
			`/wp-json${me}?rest_route=`,
			`/wp-json${me}?a=%FF`,
			`/wp-json${me}?context=view&context=edit`,
		])
			expect((await ask(path, { as: own.as })).status, path).toBe(400)
		expect(outcome(await ask('/?rest_route=wp/v2/users/me', { as: own.as }))).toBe('404 rest_no_route')
	})

	it('does not take other paths for its own', async () => {
		const { handler, own } = await start()
		for (const path of [
			'/',
			'/?rest_route=',
			'/?a=b',
			'/index.php',
			'/WP-JSON/wp/v2/users/me',
			'/wp-jsonx',
			'/hello',
			'/hello?rest_route=/wp/v2/users/me',
			'/wp-admin/',
			'/wp-admin/authorize-application.php',
			'/wp-login.php',
		])
			expect(await handler(toRequest(path, { as: own.as }), connection), path).toBeUndefined()
	})

	it('reads rest_route from a form posted to the front page only where it is told to', async () => {
		const { handler } = await start()
		const body = new URLSearchParams({ rest_route: '/wp/v2/users/me/application-passwords', name: 'x' })
		expect(await handler(toRequest('/', { method: 'POST', body }), connection)).toBeUndefined()
		const { ask, own } = await start({ readFormRoute: true })
		expect((await ask('/', { as: own.as, method: 'POST', body })).status).toBe(201)
		expect(outcome(await ask('/', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }))).toBe('404 rest_no_route')
		const elsewhere = await ask('users/me/application-passwords', {
			as: own.as,
			method: 'POST',
			body: new URLSearchParams({ rest_route: '/wp/v2/users/3/application-passwords', name: 'x' }),
		})
		expect(outcome(elsewhere)).toBe('400 rest_ambiguous_route')
	})

	it('works below a folder, and takes nothing beside it', async () => {
		const { appPasswords, users, own } = await start()
		const handler = createHandler({ appPasswords, users, site: { url: `${siteUrl}/blog`, name: 'Blog' } })
		const got = await handler(toRequest(`/blog/wp-json${me}`, { as: own.as }), connection)
		expect(got?.status).toBe(200)
		expect(await handler(toRequest(`/wp-json${me}`, { as: own.as }), connection)).toBeUndefined()
		expect(await handler(toRequest(`/blogs/wp-json${me}`, { as: own.as }), connection)).toBeUndefined()
	})
})

describe('parameters that could outvote the path', () => {
	it('never change whose passwords are meant', async () => {
		const { ask, own, sam, appPasswords } = await start()
		const base = 'users/me/application-passwords'
		for (const [method, path, body] of [
			['GET', `${base}?user_id=3`, undefined],
			['POST', base, { name: 'x', user_id: 3 }],
			['DELETE', `${base}/${own.uuid}?uuid=${sam.uuid}`, undefined],
			['DELETE', base, { user_id: '3' }],
			['PUT', `${base}/${own.uuid}`, { uuid: sam.uuid, name: 'x' }],
			['GET', 'users/1?id=3', undefined],
		] as const)
			expect((await ask(path, { as: own.as, method, ...(body ? { body } : {}) })).status, path).toBe(400)
		expect(await appPasswords.list(subscriber)).toHaveLength(1)
		expect((await ask(`${base}?user_id=me`, { as: own.as })).status).toBe(200)
	})

	it('#148 let only POST stand for another method', async () => {
		const { ask, own, issue, appPasswords } = await start()
		const victim = await issue(editor)
		const path = `users/2/application-passwords/${victim.uuid}`
		const override = { 'X-HTTP-Method-Override': 'DELETE' }
		expect((await ask(`${path}?_method=DELETE`, { as: own.as })).status).toBe(400)
		expect((await ask(path, { as: own.as, headers: override })).status).toBe(400)
		expect((await ask(`${path}?_method=DELETE`, { as: own.as, method: 'PUT', body: {} })).status).toBe(400)
		expect((await ask(`${path}?_method=TRACE`, { as: own.as, method: 'POST', body: {} })).status).toBe(400)
		expect(await appPasswords.list(editor)).toHaveLength(1)
		expect(
			outcome(
				await ask(path, {
					as: victim.as,
					method: 'POST',
					headers: { 'X-HTTP-Method-Override': 'put' },
					body: { name: 'x' },
				}),
			),
		).toBe('403 rest_cannot_edit_application_password')
		expect((await ask(path, { as: own.as, method: 'POST', headers: override })).status).toBe(200)
		expect(await appPasswords.list(editor)).toHaveLength(0)
	})

	it('never hide the status or make a script of the answer', async () => {
		const { ask, own } = await start()
		expect(outcome(await ask('users/me?_envelope', { as: own.as }))).toBe('400 rest_envelope_disabled')
		expect(outcome(await ask('users/me?_jsonp=steal', { as: own.as }))).toBe('400 rest_callback_disabled')
		const got = await ask('users/me', { as: own.as })
		expect(got.headers.get('x-content-type-options')).toBe('nosniff')
		expect(got.headers.get('content-security-policy')).toContain('sandbox')
	})
})

describe('paths that the embedding server fills', () => {
	it('#73 #74 #167 go to the pages it gives', async () => {
		const page = (body: string) => () => ({ status: 200, headers: { 'Content-Type': 'text/html' }, body })
		const { ask, own } = await start({
			authorizePage: page('authorize'),
			loginPage: page('login'),
			dashboardUrl: 'https://postern.example/connectors',
		})
		expect((await ask('/wp-admin/authorize-application.php?app_name=x', { as: own.as })).text).toBe('authorize')
		expect((await ask('/wp-login.php', { as: own.as })).text).toBe('login')
		const dashboard = await ask('/wp-admin/', { as: own.as })
		expect(dashboard.status).toBe(302)
		expect(dashboard.headers.get('location')).toBe('https://postern.example/connectors')
	})
})
