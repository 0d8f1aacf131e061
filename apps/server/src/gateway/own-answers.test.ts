import { describe, expect, it } from 'vitest'
import { ask as askPort, answerJson, startGateway } from './gateway.testing.ts'

const me = 'wp-json/wp/v2/users/me'

describe('what Postern answers in the place of a site', () => {
	it('tells strangers the way to the authorize page, the same for every slug', async () => {
		const { ask, url, server, slug, site } = await startGateway()
		const told = await ask({ path: 'wp-json/' })
		expect(told).toMatchObject({
			status: 200,
			json: {
				url: url.slice(0, -1),
				home: url.slice(0, -1),
				authentication: {
					'application-passwords': { endpoints: { authorization: `${url}wp-admin/authorize-application.php` } },
				},
			},
		})
		expect(told.json.routes['/wp/v2/posts/(?P<id>[\\d]+)'].methods).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
		expect(told.json.routes['/wp/v2/posts'].endpoints).toEqual([
			{ methods: ['GET'], args: {} },
			{ methods: ['POST'], args: {} },
		])
		const unknown = await askPort(server.port, { path: '/sites/nobody/wp-json/' })
		expect(unknown.text.replaceAll('/nobody', `/${slug}`)).toBe(told.text)
		expect((await ask({ path: '?rest_route=/' })).text).toBe(told.text)
		expect(site.seen).toEqual([])
	})

	it('sends whoever wants a password to Postern’s own page, with everything asked for and the site', async () => {
		const { ask, server, slug } = await startGateway()
		const asked = 'app_name=An%20app&success_url=https%3A%2F%2Fapp.example%2F'
		const told = await ask({
			path: `wp-admin/authorize-application.php?${asked}`,
			headers: { 'sec-fetch-mode': 'navigate' },
		})
		expect(told.status).toBe(302)
		expect(told.headers.location).toBe(`${server.origin}/wp-admin/authorize-application.php?${asked}&connector=${slug}`)
	})

	it('names its API on the page behind its address', async () => {
		const { ask, url } = await startGateway()
		for (const path of ['', '/']) {
			const told = await ask({ path, headers: { 'sec-fetch-mode': 'navigate' } })
			expect(told).toMatchObject({ status: 200, headers: { link: `<${url}wp-json/>; rel="https://api.w.org/"` } })
			expect(told.headers['content-security-policy']).toContain('sandbox')
		}
	})

	it.each([
		['a page', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
		['a script', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
		['a worker', { 'sec-fetch-mode': 'same-origin', 'sec-fetch-dest': 'serviceworker' }],
		['a picture', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
	])('T46 refuses to be opened as %s, and lets programs in', async (_what, headers) => {
		const { ask, grant, site } = await startGateway()
		const as = await grant(['posts:read'])
		const told = await ask({ path: 'wp-json/wp/v2/posts', as, headers })
		expect(told).toMatchObject({ status: 403, json: { data: { problem: 'gateway/navigation-refused' } } })
		expect(site.seen).toEqual([])
		const fetched = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
		expect((await ask({ path: 'wp-json/wp/v2/posts', as, headers: fetched })).status).toBe(200)
	})

	it('GWR-030 answers a preflight without the site, and never allows credentials', async () => {
		const { ask, site, grant } = await startGateway()
		const headers = { origin: 'https://evil.test', 'access-control-request-method': 'DELETE' }
		const told = await ask({ method: 'OPTIONS', path: 'wp-json/wp/v2/posts', headers })
		expect(told).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } })
		expect(told.headers).not.toHaveProperty('access-control-allow-credentials')
		expect(site.seen).toEqual([])
		const as = await grant(['posts:read'])
		const read = await ask({ path: 'wp-json/wp/v2/posts', as, headers: { origin: 'https://app.example' } })
		expect(read.headers).toMatchObject({ 'access-control-allow-origin': '*' })
		expect(read.headers).not.toHaveProperty('access-control-allow-credentials')
	})

	it('outlives every byte in the address of the authorize page, and leads nowhere but there', async () => {
		const { raw, slug, ask } = await startGateway()
		for (const byte of ['\u0001', '\t', '\u007f', '\u0080', 'ÿ', '\\', '"', '<', '%0d%0aX: y']) {
			const line = `GET /sites/${slug}/wp-admin/authorize-application.php?a=${byte} HTTP/1.1\r\n`
			const answer = await raw(Buffer.from(`${line}Host: localhost:4600\r\nConnection: close\r\n\r\n`, 'latin1'))
			expect(answer).toMatch(
				/^HTTP\/1\.1 (?:400 |302 [^]*\r\nlocation: http:\/\/localhost:4600\/wp-admin\/authorize-application\.php\?)/i,
			)
		}
		expect((await ask({ path: 'wp-json/' })).status).toBe(200)
	})

	it('asks for credentials everywhere else, without opening a browser’s password box', async () => {
		const { ask, site } = await startGateway()
		for (const path of ['wp-json/wp/v2/posts', me, 'wp-json/wp/v2/']) {
			const told = await ask({ path })
			expect(told).toMatchObject({ status: 401, json: { code: 'rest_not_logged_in' } })
			expect(told.headers).not.toHaveProperty('www-authenticate')
		}
		const wrong = await ask({ path: me, headers: { authorization: `Basic ${btoa('Ann:wrong')}` } })
		expect(wrong.status).toBe(401)
		expect((await ask({ path: 'wp-login.php' })).status).toBe(404)
		expect(site.seen).toEqual([])
	})

	it('T13 rewrites the index: where everything is, and how to log in', async () => {
		const { ask, grant, site, url } = await startGateway()
		site.answer = (_request, response) =>
			answerJson(response, {
				name: 'Blog',
				url: site.origin,
				home: site.origin,
				authentication: { 'application-passwords': { endpoints: { authorization: `${site.origin}/wp-admin/x` } } },
				routes: { '/wp/v2': { _links: { self: [{ href: `${site.origin}/wp-json/wp/v2` }] } } },
			})
		const told = await ask({ path: 'wp-json/', as: await grant(['site:read']) })
		expect(told.json).toMatchObject({
			name: 'Blog',
			url: url.slice(0, -1),
			home: url.slice(0, -1),
			routes: { '/wp/v2': { _links: { self: [{ href: `${url}wp-json/wp/v2` }] } } },
		})
		expect(told.text).not.toContain(site.origin)
		expect(told.headers['content-length']).toBe(String(told.text.length))
	})

	it('shows the caller as no more than its password may do', async () => {
		const { ask, grant, site } = await startGateway()
		site.answer = (_request, response) =>
			answerJson(response, {
				id: 7,
				name: 'Yuki',
				username: 'yuki',
				email: 'yuki@blog.example',
				roles: ['administrator'],
				capabilities: { read: true, edit_posts: true, publish_posts: true, manage_options: true, edit_users: true },
				extra_capabilities: { administrator: true },
			})
		const told = await ask({ path: `${me}?context=edit`, as: await grant(['posts:draft', 'site:read']) })
		expect(told).toMatchObject({
			status: 200,
			json: { id: 7, name: 'Yuki', username: 'Ann', roles: [], extra_capabilities: {} },
		})
		expect(Object.keys(told.json.capabilities)).toContain('edit_posts')
		for (const capability of ['publish_posts', 'manage_options', 'edit_users'])
			expect(told.json.capabilities).not.toHaveProperty(capability)
		expect(told.json).not.toHaveProperty('email')
		const byId = await ask({ path: 'wp-json/wp/v2/users/7?context=edit', as: await grant(['users:read']) })
		expect(byId.json).toMatchObject({ email: 'yuki@blog.example', roles: ['administrator'] })
		expect(byId.json.capabilities).not.toHaveProperty('manage_options')
	})
})

describe('T30 the caller’s own application password', () => {
	it('is the only one there is, and never the site’s', async () => {
		const { ask, grant, site, url } = await startGateway()
		const as = await grant(['posts:read'])
		await grant(['site:everything'])
		const list = await ask({ path: `${me}/application-passwords`, as })
		expect(list.json).toMatchObject([{ uuid: as.uuid, name: 'A client' }])
		expect(list.json).toHaveLength(1)
		const href = `${url}wp-json/wp/v2/users/7/application-passwords/${as.uuid}`
		expect(list.json[0]._links.self[0].href).toBe(href)
		for (const path of ['introspect', as.uuid]) {
			const told = await ask({ path: `wp-json/wp/v2/users/7/application-passwords/${path}`, as })
			expect(told).toMatchObject({ status: 200, json: { uuid: as.uuid } })
		}
		expect(site.seen).toEqual([])
	})

	it('can end itself', async () => {
		const { ask, grant } = await startGateway()
		const as = await grant(['posts:read'])
		const path = `${me}/application-passwords/${as.uuid}`
		expect(await ask({ method: 'DELETE', path, as })).toMatchObject({
			status: 200,
			json: { deleted: true, previous: { uuid: as.uuid } },
		})
		expect((await ask({ path, as })).status).toBe(401)
	})

	it.each([
		['POST', 'wp-json/wp/v2/users/me/application-passwords'],
		['POST', 'wp-json/wp/v2/users/1/application-passwords'],
		['PUT', 'wp-json/wp/v2/users/me/application-passwords/11111111-1111-4111-8111-111111111111'],
		['DELETE', 'wp-json/wp/v2/users/me/application-passwords'],
		['GET', 'wp-json/wp/v2/users/1/application-passwords'],
	])('makes, changes and shows no other, whatever its scopes: %s %s', async (method, path) => {
		const { ask, grant, site, record } = await startGateway()
		const as = await grant(['site:everything'])
		const told = await ask({ method, path, as })
		expect(told.status).toBe(403)
		expect(site.seen).toEqual([])
		expect(await record()).toMatchObject([{ decision: 'refused', method }])
	})
})

describe.each([
	[
		'an origin of its own',
		'http://127.0.0.1:4600',
		(slug: string) => ({ host: '127.0.0.1:4600', path: `/sites/${slug}/` }),
	],
	[
		'a host for each site',
		'http://*.sites.localhost:4600',
		(slug: string) => ({ host: `${slug}.sites.localhost:4600`, path: '/' }),
	],
])('a gateway with %s', (_kind, origin, placeOf) => {
	it('answers there, with its own address in every link, and nowhere else', async () => {
		const { grant, server, site, slug } = await startGateway({ environ: { POSTERN_GATEWAY_ORIGIN: origin } })
		const { host, path } = placeOf(slug)
		const { authorization } = await grant(['posts:read'])
		site.answer = (_request, response) => answerJson(response, { href: `${site.origin}/wp-json/wp/v2/posts/7` })
		const headers = { host, authorization }
		const told = await askPort(server.port, { path: `${path}wp-json/wp/v2/posts`, headers })
		expect(told).toMatchObject({ status: 200, json: { href: `http://${host}${path}wp-json/wp/v2/posts/7` } })
		const elsewhere = { path: `/sites/${slug}/wp-json/wp/v2/posts`, headers: { authorization } }
		expect((await askPort(server.port, elsewhere)).status).toBe(421)
		for (const page of ['/health', '/api/v1/session', '/wp-login.php', '/some/page']) {
			const own = await askPort(server.port, { path: page, headers: { host } })
			expect([404, 401]).toContain(own.status)
			expect(own.text).not.toContain('the web app')
		}
	})

	it('sends people to the authorize page of Postern', async () => {
		const { server, slug } = await startGateway({ environ: { POSTERN_GATEWAY_ORIGIN: origin } })
		const { host, path } = placeOf(slug)
		const asked = { path: `${path}wp-admin/authorize-application.php?app_name=x`, headers: { host } }
		const location = `http://localhost:4600/wp-admin/authorize-application.php?app_name=x&connector=${slug}`
		expect((await askPort(server.port, asked)).headers.location).toBe(location)
	})
})
