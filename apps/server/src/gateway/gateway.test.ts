import { describe, expect, it } from 'vitest'
import { must } from '../http/routes/test-server.testing.ts'
import { ask as askPort, answerJson, connectSite, secret, siteAccount, startGateway } from './gateway.testing.ts'

const posts = 'wp-json/wp/v2/posts'
const newPost = { path: '/wp/v2/posts', body: { title: 'x' } }
const siteAuthorization = `Basic ${Buffer.from(`yuki:${secret}`).toString('base64')}`

function batchOf(requests: readonly unknown[]) {
	const headers = { 'content-type': 'application/json' }
	return { method: 'POST', path: 'wp-json/batch/v1', headers, body: JSON.stringify({ requests }) }
}

describe('a site behind the gateway', () => {
	it('#228 is asked once, in one canonical spelling, with its own credential', async () => {
		const { site, grant, ask, url, record } = await startGateway()
		site.answer = (_request, response) =>
			answerJson(response, [{ id: 7, _links: { self: [{ href: `${site.origin}/wp-json/wp/v2/posts/7` }] } }], {
				link: `<${site.origin}/wp-json/wp/v2/posts?page=2>; rel="next"`,
			})
		const as = await grant(['posts:read'])
		const told = await ask({ path: 'wp-json/WP/v2/posts/?per_page=5&page=1', as })
		expect(told.status).toBe(200)
		expect(site.seen).toHaveLength(1)
		expect(site.seen[0]).toMatchObject({
			method: 'GET',
			url: '/wp-json/wp/v2/posts?per_page=5&page=1',
			headers: { authorization: siteAuthorization },
		})
		expect(told.json[0]._links.self[0].href).toBe(`${url}wp-json/wp/v2/posts/7`)
		expect(told.headers.link).toBe(`<${url}wp-json/wp/v2/posts?page=2>; rel="next"`)
		expect(told.headers['content-length']).toBe(String(told.text.length))
		expect(await record()).toMatchObject([
			{
				method: 'GET',
				route: '/wp/v2/posts',
				scope: 'posts:read',
				decision: 'permitted',
				status: 200,
				end: 'complete',
			},
		])
	})

	it('#239 T43 GWR-034 GWR-035 sees nothing that the caller says about itself', async () => {
		const { site, grant, ask } = await startGateway()
		const as = await grant(['posts:read'])
		const said = {
			cookie: 'wordpress_logged_in_x=y',
			'x-wp-nonce': 'z',
			'x-forwarded-for': '1.2.3.4',
			'x-forwarded-host': 'evil.test',
			forwarded: 'for=1.2.3.4',
			'proxy-authorization': 'Basic abc',
			'x-original-url': '/wp-json/wp/v2/users/me',
			'user-agent': 'a client',
			te: 'trailers',
			range: 'bytes=0-0',
			'accept-encoding': 'gzip',
			'accept-language': 'ja',
			'if-none-match': '"x"',
		}
		expect((await ask({ path: posts, as, headers: said })).status).toBe(200)
		expect(site.seen[0]?.headers).toEqual({
			host: new URL(site.origin).host,
			connection: 'keep-alive',
			authorization: siteAuthorization,
			accept: '*/*',
			'accept-encoding': 'identity',
			'accept-language': 'ja',
			'if-none-match': '"x"',
			'user-agent': 'test',
		})
	})

	it('#237 answers 403 in WordPress’ shape with our own code, and records the refusal', async () => {
		const { site, grant, ask, record } = await startGateway()
		const told = await ask({ method: 'DELETE', path: `${posts}/7`, as: await grant(['posts:read']) })
		expect(told.status).toBe(403)
		expect(told.json).toEqual({
			code: 'postern_application_password_scope_missing',
			message: 'This application password may not do that. Scopes that it lacks: posts:delete.',
			data: { status: 403, problem: 'application-password/scope-missing', missing_scopes: ['posts:delete'] },
		})
		expect(site.seen).toEqual([])
		expect(await record()).toMatchObject([
			{ method: 'DELETE', route: '/wp/v2/posts/7', decision: 'refused', problem: 'application-password/scope-missing' },
		])
	})

	it.each([
		['#227', `${posts}?rest_route=/wp/v2/users/me`, 'gateway/parameter-conflict'],
		['#229', `${posts}/7?id=8`, 'gateway/parameter-conflict'],
		['#231', `${posts}/7?_method=DELETE`, 'gateway/parameter-refused'],
		['#232', `${posts}?_jsonp=x`, 'gateway/parameter-refused'],
		['#235', `${posts}?_envelope=1`, 'gateway/parameter-refused'],
	])('%s refuses %s with 400', async (_case, path, problem) => {
		const { site, grant, ask, record } = await startGateway()
		const told = await ask({ path, as: await grant(['posts:read']) })
		expect(told).toMatchObject({ status: 400, json: { data: { problem } } })
		expect(site.seen).toEqual([])
		expect(await record()).toMatchObject([{ decision: 'refused', problem }])
	})

	it('#233 leaves out of _embed what is not granted, and refuses it where it is named', async () => {
		const { site, grant, ask } = await startGateway()
		const as = await grant(['posts:read', 'terms:read'])
		expect((await ask({ path: `${posts}?_embed`, as })).status).toBe(200)
		const { searchParams } = new URL(site.seen[0]?.url ?? '', site.origin)
		const brought = searchParams.get('_embed')?.split(',')
		expect(brought).toContain('wp:term')
		expect(brought).not.toContain('author')
		expect((await ask({ path: `${posts}?_embed=author`, as })).status).toBe(403)
		expect(site.seen).toHaveLength(1)
	})

	it('#234 refuses a whole batch for one of its items', async () => {
		const { site, grant, ask } = await startGateway()
		const batch = batchOf([newPost, { path: '/wp/v2/users', body: { username: 'x' } }])
		const told = await ask({ ...batch, as: await grant(['posts:write']) })
		expect(told.status).toBe(403)
		expect(site.seen).toEqual([])
	})

	it.each([
		['draft', siteAccount.userId, 200],
		['publish', siteAccount.userId, 403],
		['draft', siteAccount.userId + 1, 403],
	])(
		'T26 looks at a post before a password for drafts changes it: %s of account %i is %i',
		async (status, author, told) => {
			const { site, grant, ask } = await startGateway()
			site.answer = (_request, response) => answerJson(response, { id: 7, type: 'post', status, author })
			const headers = { 'content-type': 'application/json' }
			const as = await grant(['posts:draft'])
			const answer = await ask({ method: 'POST', path: `${posts}/7`, as, headers, body: '{"title":"x"}' })
			expect(answer.status).toBe(told)
			expect(site.seen.map(({ method }) => method)).toEqual(told === 200 ? ['GET', 'POST'] : ['GET'])
		},
	)

	it('#236 tells an expired password so', async () => {
		let now = new Date('2026-11-22T10:00:00Z')
		const { grant, ask } = await startGateway({ now: () => now })
		const as = await grant(['posts:read'], { expires: new Date('2026-11-22T11:00:00Z') })
		now = new Date('2026-11-22T12:00:00Z')
		expect(await ask({ path: posts, as })).toMatchObject({
			status: 401,
			json: { code: 'application_password_expired' },
		})
	})

	it('takes as many writes from the day as a batch has items, all or none', async () => {
		const { site, grant, ask } = await startGateway()
		const as = await grant(['posts:write'], { writesPerDay: 3 })
		const write = (count: number) => ask({ ...batchOf(Array.from({ length: count }, () => newPost)), as })
		expect(await write(4)).toMatchObject({ status: 429, json: { data: { problem: 'gateway/writes-used-up' } } })
		expect(site.seen).toEqual([])
		expect([(await write(2)).status, (await write(2)).status, (await write(1)).status]).toEqual([200, 429, 200])
		expect((await write(1)).status).toBe(429)
	})

	it('T27 records each item of a batch with its own method, route and scopes', async () => {
		const { grant, ask, record } = await startGateway()
		const batch = batchOf([newPost, { method: 'DELETE', path: '/wp/v2/tags/9' }])
		expect((await ask({ ...batch, as: await grant(['posts:write', 'terms:delete']) })).status).toBe(200)
		const [one, other] = (await record()).toReversed()
		expect(one).toMatchObject({ method: 'POST', route: '/wp/v2/posts', decision: 'permitted', status: 200 })
		expect(other).toMatchObject({ method: 'DELETE', route: '/wp/v2/tags/9', decision: 'permitted', status: 200 })
		expect([one?.scope, other?.scope]).toEqual(['posts:draft', 'terms:delete'])
		expect((await ask({ ...batch, as: await grant(['posts:write']) })).status).toBe(403)
		const problem = 'application-password/scope-missing'
		expect((await record()).slice(0, 2).toReversed()).toMatchObject([
			{ route: '/wp/v2/posts', scope: '', decision: 'refused', problem },
			{ route: '/wp/v2/tags/9', scope: 'terms:delete', decision: 'refused', problem },
		])
	})

	it('T27 counts each item of a batch for the rate', async () => {
		const { site, grant, ask } = await startGateway()
		const as = await grant(['posts:write'], { requestsPerMinute: 3 })
		const write = (count: number) => ask({ ...batchOf(Array.from({ length: count }, () => newPost)), as })
		expect((await write(2)).status).toBe(200)
		const told = await write(2)
		expect(told).toMatchObject({ status: 429, json: { code: 'application_password_rate' } })
		expect(told.headers['ratelimit-policy']).toBe('"requests";q=3;w=60')
		expect(site.seen).toHaveLength(1)
	})

	it('#238 refuses a revoked password on the next request', async () => {
		const { grant, ask, server, owner, site } = await startGateway()
		const as = await grant(['posts:read'])
		expect((await ask({ path: posts, as })).status).toBe(200)
		await server.appPasswords.revoke(owner, as.uuid, { by: owner, withPassword: null, ip: '', requestId: null })
		expect((await ask({ path: posts, as })).status).toBe(401)
		expect(site.seen).toHaveLength(1)
	})

	it('T35 PTH-037 PTH-038 PTH-039 knows a slug only as it is written, and tells nothing of others’', async () => {
		const { grant, server, slug, site } = await startGateway()
		const other = await server.store.workspaces.create('Somebody else')
		const foreign = await connectSite(server, other.id, 'https://foreign.example')
		const { authorization } = await grant(['posts:read'])
		const headers = { authorization }
		const at = (path: string) => askPort(server.port, { path, headers })
		const [unknown, theirs] = [
			await at('/sites/nobody/wp-json/wp/v2/posts'),
			await at(`/sites/${foreign.slug}/wp-json/wp/v2/posts`),
		]
		expect(unknown).toMatchObject({ status: 404, json: { data: { problem: 'request/not-found' } } })
		expect([theirs.status, theirs.text]).toEqual([unknown.status, unknown.text])
		expect((await at(`/sites/${slug.replaceAll('-', '%2d')}/wp-json/`)).status).toBe(400)
		expect((await at('/sites/../api/v1/connectors')).status).toBe(404)
		expect((await at(`/sites/Blog/wp-json/`)).status).toBe(404)
		expect((await at(`/sites/${slug}%00/wp-json/`)).status).toBe(400)
		expect(site.seen).toEqual([])
	})

	it('reaches only the connectors that the password names', async () => {
		const { grant, ask, connectorId } = await startGateway()
		expect((await ask({ path: posts, as: await grant(['posts:read'], { connectors: ['con_other'] }) })).status).toBe(
			404,
		)
		expect((await ask({ path: posts, as: await grant(['posts:read'], { connectors: [connectorId] }) })).status).toBe(
			200,
		)
	})

	it('which the password was not given is answered like one that never was, and the record of its workspace names it', async () => {
		const { grant, server, slug, connectorId, site, record } = await startGateway()
		const other = await server.store.workspaces.create('Somebody else')
		const foreign = await connectSite(server, other.id, 'https://foreign.example')
		const { authorization } = await grant(['posts:read'], { connectors: ['another'] })
		const at = (name: string) =>
			askPort(server.port, {
				method: 'DELETE',
				path: `/sites/${name}/wp-json/WP/v2/posts/7`,
				headers: { authorization },
			})
		const [unknown, theirs, ungiven] = [await at('nobody'), await at(foreign.slug), await at(slug)]
		expect(unknown.status).toBe(404)
		for (const { status, text, headers } of [theirs, ungiven])
			expect([status, text, Object.keys(headers)]).toEqual([404, unknown.text, Object.keys(unknown.headers)])
		expect(await record()).toMatchObject([
			{
				connector: { id: connectorId },
				method: 'DELETE',
				route: '/wp/v2/posts/7',
				scope: '',
				decision: 'refused',
				problem: 'request/not-found',
				status: 404,
			},
		])
		expect(must(await server.store.audit.page({ workspaceId: other.id, limit: 9, kind: 'requests' })).entries).toEqual(
			[],
		)
		expect(site.seen).toEqual([])
	})

	it('is not asked while its connector is paused, and the refusal stands in the record', async () => {
		const { grant, ask, server, workspaceId, connectorId, site, record } = await startGateway()
		await server.store.connectors.pause(workspaceId, connectorId)
		const told = await ask({ path: posts, as: await grant(['posts:read']) })
		expect(told).toMatchObject({ status: 409, json: { data: { problem: 'connector/paused' } } })
		expect(site.seen).toEqual([])
		expect(await record()).toMatchObject([{ decision: 'refused', problem: 'connector/paused' }])
	})

	it('gets the credential of its own origin only', async () => {
		const { grant, ask, site, server, workspaceId, connectorId } = await startGateway()
		const other = new URL(site.origin)
		other.hostname = 'localhost'
		const connector = await server.store.connectors.find(workspaceId, connectorId)
		if (connector === undefined) throw new Error('no connector')
		const moved = { ...connector.site, url: `${other.origin}/`, apiRootUrl: `${other.origin}/wp-json/` }
		await server.store.connectors.recordCheck(workspaceId, connectorId, {
			sealVersion: 1,
			health: { state: 'healthy', diagnosis: null, checkedAt: null, latencyMs: null },
			facts: { ...connector, site: moved },
		})
		const told = await ask({ path: posts, as: await grant(['posts:read']) })
		expect(told).toMatchObject({ status: 409, json: { data: { problem: 'site-credential/entered-for-other-origin' } } })
		expect(site.seen).toEqual([])
	})

	it.each([
		['/index.php?rest_route=/', '/index.php?rest_route=/wp/v2/posts&page=2'],
		['/?rest_route=/', '/?rest_route=/wp/v2/posts&page=2'],
		['/blog/index.php/wp-json/', '/blog/index.php/wp-json/wp/v2/posts?page=2'],
	])('is asked in the way its permalinks want it: %s', async (root, asked) => {
		const style = root.includes('rest_route') ? 'query' : 'path'
		const { grant, ask, site, url } = await startGateway({ root, style })
		const mark = style === 'path' ? '?' : '&'
		site.answer = (_request, response) =>
			answerJson(
				response,
				{
					href: `${site.origin}${root}wp/v2/posts/7`,
					more: `${site.origin}${root.replace('=/', '=%2F')}wp/v2/comments?post=7`.replace('s?p', `s${mark}p`),
				},
				{
					link: `<${site.origin}${asked.replace('page=2', 'page=3')}>; rel="next"`,
				},
			)
		const told = await ask({ path: `${posts}?page=2`, as: await grant(['posts:read']) })
		expect(told.status).toBe(200)
		expect(site.seen[0]?.url).toBe(asked)
		const gatewayRoot = style === 'path' ? `${url}wp-json/` : `${url}?rest_route=/`
		expect(told.json.href).toBe(`${gatewayRoot}wp/v2/posts/7`)
		expect(told.json.more).toBe(`${gatewayRoot.replace('=/', '=%2F')}wp/v2/comments${mark}post=7`)
		expect(told.headers.link).toBe(`<${gatewayRoot}wp/v2/posts${mark}page=3>; rel="next"`)
		const next = /<([^>]*)>/.exec(String(told.headers.link))?.[1]?.slice(url.length) ?? ''
		expect((await ask({ path: next, as: await grant(['posts:read']) })).status).toBe(200)
		expect(site.seen[1]?.url).toBe(asked.replace('page=2', 'page=3'))
	})
})
