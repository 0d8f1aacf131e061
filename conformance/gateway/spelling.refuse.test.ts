import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multipart, multipartType, pixelPart } from '../differential/bodies.ts'
import { startStockedSite, type StockedSite } from '../differential/stocked-site.ts'
import { askGateway, type Asked, type Asking } from './ask-gateway.ts'
import { openGatewayStage, type ConnectedSite, type GatewayStage, type IssuedThere } from './gateway-stage.ts'

const kinds = [
	{ version: '6.5.5', permalinks: 'pretty' },
	{ version: '6.2.6', permalinks: 'plain' },
] as const

describe.each(kinds)('the gateway before WordPress $version, $permalinks permalinks', (kind) => {
	let site: StockedSite
	let stage: GatewayStage
	let there: ConnectedSite
	let reader: IssuedThere
	let editor: IssuedThere
	let everything: IssuedThere
	beforeAll(async () => {
		site = await startStockedSite(kind)
		stage = await openGatewayStage([site.site])
		there = await stage.connect(site.site, { name: site.name })
		site.keep() // with the password that Postern has now
		reader = await stage.issue({ scopes: ['posts:read'] })
		editor = await stage.issue({ preset: 'editor' })
		everything = await stage.issue({ preset: 'everything' })
	})
	afterAll(async () => {
		await stage.stop()
		await site.stop()
	})

	const ask = (password: IssuedThere, target: string, asking: Asking = {}): Promise<Asked> =>
		askGateway({ url: there.url, site }, password, target, asking)
	/** `METHOD route`, as WordPress ran it. */
	const ranOf = ({ ran }: Asked): readonly string[] =>
		ran.flatMap(({ ran: routes }) => routes.map(({ method, route }) => `${method} ${route}`))
	/** In WordPress' shape, with our own code beside it, and nothing sent. */
	const isRefused = (asked: Asked, status: number, problem?: string): void => {
		expect([asked.status, asked.ran]).toEqual([status, []])
		expect(asked.body).toMatchObject({ code: expect.any(String), message: expect.any(String), data: { status } })
		if (problem !== undefined) expect(JSON.stringify(asked.body)).toContain(problem)
	}

	it('#227 rest_route that is not the path is refused, in the query and in a body; the same is normalised', async () => {
		isRefused(
			await ask(everything, '/wp-json/wp/v2/posts?rest_route=/wp/v2/users/me'),
			400,
			'gateway/parameter-conflict',
		)
		const form = 'title=x&rest_route=/wp/v2/users/me'
		isRefused(await ask(everything, '/wp-json/wp/v2/posts', { form }), 400, 'gateway/parameter-conflict')
		for (const name of ['rest.route', 'rest+route', 'rest[route', '+rest_route', '%72est_route', 'rest_route[]'])
			expect((await ask(everything, `/wp-json/wp/v2/posts?${name}=/wp/v2/users/me`)).ran, name).toEqual([])
		const same = await ask(reader, '/wp-json/wp/v2/posts?rest_route=/wp/v2/posts&per_page=1')
		expect([same.status, ranOf(same)]).toEqual([200, ['GET /wp/v2/posts']])
		expect(same.ran[0]?.http.target.includes('rest_route')).toBe(kind.permalinks === 'plain')
	})

	it('#228 the site gets exactly one path, the same for every spelling', async () => {
		const targets = new Set<string>()
		for (const target of [
			'/wp-json/wp/v2/posts',
			'/wp-json/wp/v2/posts/',
			'/wp-json/WP/V2/Posts',
			'/index.php/wp-json/wp/v2/posts',
			'/?rest_route=/wp/v2/posts',
			'/index.php?rest_route=%2Fwp%2Fv2%2Fposts',
			'/wp-json/wp/v2/p%6Fsts',
		]) {
			const asked = await ask(reader, target)
			expect([asked.status, asked.ran.length], target).toEqual([200, 1])
			for (const { http } of asked.ran) targets.add(http.target)
		}
		expect(targets.size).toBe(1)
	})

	it('#229 a parameter that would beat the path is refused wherever it stands', async () => {
		const [one = 0, other = 0] = site.pool.published
		const before = await site.site.runPhp(`return get_post( ${other} )->post_title;`)
		const path = `/wp-json/wp/v2/posts/${one}`
		isRefused(await ask(everything, `${path}?id=${other}`), 400, 'gateway/parameter-conflict')
		isRefused(await ask(everything, path, { json: { id: other, title: 'x' } }), 400, 'gateway/parameter-conflict')
		isRefused(await ask(everything, path, { form: `id=${other}&title=x` }), 400, 'gateway/parameter-conflict')
		isRefused(await ask(everything, `${path}/revisions?parent=${other}`), 400, 'gateway/parameter-conflict')
		isRefused(await ask(everything, '/wp-json/wp/v2/users/2?id=1'), 400, 'gateway/parameter-conflict')
		expect((await ask(everything, `${path}?id=${one}`)).status).toBe(200)
		expect(await site.site.runPhp(`return get_post( ${other} )->post_title;`)).toBe(before)
	})

	it('#229 T23 a field of an upload that says otherwise than the query ends it, and nothing is stored', async () => {
		const count = () => site.site.runPhp(`return array_sum( (array) wp_count_posts( 'attachment' ) );`)
		const before = await count()
		const upload = (target: string) =>
			ask(editor, target, {
				body: multipart([['title', 'Dot']], pixelPart('file')),
				headers: [['Content-Type', multipartType]],
			})
		const refused = await upload('/wp-json/wp/v2/media?title=Other')
		expect([refused.status, refused.ran.flatMap(({ asked }) => asked)]).toEqual([400, []])
		expect(await count()).toBe(before)
		expect((await upload('/wp-json/wp/v2/media?title=Dot')).status).toBe(201)
	})

	it('#230 T21 every spelling of a route has the same rule, or is refused', async () => {
		const spelled = [
			'/wp-json/WP/V2/Users/ME',
			'/wp-json/wp/v2/%75sers/me',
			'/index.php/wp-json/wp/v2/users/me',
			'/?rest_route=/wp/v2/users/me',
			'/wp-json/wp/v2/USERS/me/',
		]
		for (const target of [...spelled, '/wp-json/wp/v2/users/2']) {
			const refused = await ask(reader, target.replace('/me', '/2').replace('/ME', '/2'))
			isRefused(refused, 403, 'application-password/scope-missing')
		}
		const malformed = [
			'/wp-json//wp/v2/posts',
			'/wp-json/wp%2Fv2/posts',
			'/wp-json/wp/v2/posts/../users',
			'/wp-json/wp/v2/posts/%2e%2e/users',
			'/wp-json/../wp-login.php',
			'/wp-json/wp/v2/posts%00',
			'/wp-json/wp/v2/posts%0a',
			'/wp-json/wp/v2/posts;x=1',
			'/wp-json/wp/v2\\posts',
			'/wp-json/wp/v2/%2570osts',
		]
		for (const target of malformed) isRefused(await ask(everything, target), 400)
	})

	it('#231 T24 a GET is never named anew; a POST has the rule of the verb that runs', async () => {
		const [id = 0] = site.pool.published
		const path = `/wp-json/wp/v2/posts/${id}`
		isRefused(await ask(everything, `${path}?_method=DELETE`), 400)
		isRefused(await ask(everything, path, { headers: [['X-HTTP-Method-Override', 'DELETE']] }), 400)
		const writer = await stage.issue({ scopes: ['posts:publish', 'posts:others'] })
		const override = { method: 'POST', headers: [['X-HTTP-Method-Override', 'DELETE']] } as const
		isRefused(await ask(writer, path, override), 403, 'application-password/scope-missing')
		const changed = await ask(writer, path, { headers: [['X-HTTP-Method-Override', 'PUT']], json: { title: 'Put' } })
		expect([changed.status, ranOf(changed).at(-1)]).toEqual([200, `PUT /wp/v2/posts/${id}`])
		site.restore()
	})

	it('#232 T28 _jsonp is refused, however it is spelled', async () => {
		for (const name of ['_jsonp', '%5fjsonp', '_jsonp[]', '+_jsonp'])
			isRefused(await ask(everything, `/wp-json/wp/v2/posts?${name}=x`), 400)
	})

	it('#233 T28 _embed brings what is granted, and names nobody else', async () => {
		const all = await ask(everything, '/wp-json/wp/v2/posts?_embed')
		expect(ranOf(all).some((ran) => ran.includes('/users/'))).toBe(true)
		const some = await ask(reader, '/wp-json/wp/v2/posts?_embed')
		expect([some.status, ranOf(some)]).toEqual([200, ['GET /wp/v2/posts']])
		expect(some.text).not.toContain('Ada Admin')
		isRefused(await ask(reader, '/wp-json/wp/v2/posts?_embed=author'), 403, 'application-password/scope-missing')
	})

	it('#234 T27 one item of a batch that is not granted refuses all of it', async () => {
		const [id = 0] = site.pool.drafts
		const item = (path: string, body: object = {}, method = 'POST') => ({ path, method, body })
		const batch = (requests: readonly unknown[]): Asking => ({ json: { requests } })
		const draft = item(`/wp/v2/posts/${id}`, { title: 'Batched' })
		for (const other of [
			item('/wp/v2/users/2', { name: 'x' }),
			item('/WP/V2/Users/2', { name: 'x' }),
			item(`/wp/v2/pages/${site.pool.pages[0]}`, {}, 'DELETE'),
		])
			isRefused(await ask(await drafts(), '/wp-json/batch/v1', batch([draft, other])), 403)
		isRefused(await ask(everything, '/wp-json/batch/v1', batch([item(`/wp/v2/posts/${id}?_method=DELETE`)])), 400)
		isRefused(await ask(everything, '/wp-json/batch/v1', batch([item(`/wp/v2/posts/${id}?id=5`)])), 400)
		const done = await ask(
			editor,
			'/wp-json/batch/v1',
			batch([draft, item('/wp/v2/posts', { title: 'Second', status: 'draft' })]),
		)
		expect([done.status, ranOf(done).slice(-3)]).toEqual([
			207,
			['POST /batch/v1', `POST /wp/v2/posts/${id}`, 'POST /wp/v2/posts'],
		])
		site.restore()
	})

	it('#235 _envelope hides no status from the record: it is refused', async () => {
		isRefused(await ask(everything, '/wp-json/wp/v2/posts/424242?_envelope'), 400, 'gateway/parameter-refused')
		const missing = await ask(everything, '/wp-json/wp/v2/posts/424242')
		expect(missing.status).toBe(404)
		await expect.poll(async () => (await recordOf(missing))?.access?.status).toBe(404)
	})

	it('#236 a password that has expired is refused as such, and the record says why', async () => {
		const expired = await stage.issue({ preset: 'read-only', expiresAt: new Date(Date.now() + 5_000).toISOString() })
		expect((await ask(expired, '/wp-json/wp/v2/posts')).status).toBe(200)
		await expect.poll(async () => (await ask(expired, '/wp-json/wp/v2/posts')).status, { interval: 250 }).toBe(401)
		const refused = await ask(expired, '/wp-json/wp/v2/posts')
		expect([refused.status, refused.body, refused.ran]).toMatchObject([
			401,
			{ code: 'application_password_expired' },
			[],
		])
	})

	it('#237 T32 what is not granted is 403 in WordPress’ shape, with our own code', async () => {
		const refused = await ask(reader, '/wp-json/wp/v2/settings')
		isRefused(refused, 403, 'application-password/scope-missing')
		await expect.poll(async () => (await recordOf(refused))?.access?.decision).toBe('refused')
		isRefused(await ask(everything, '/wp-json/acme/v1/things'), 403)
		for (const target of [
			'/wp-json/wp/v2/users/2/application-passwords',
			'/wp-json/wp/v2/users/1/application-passwords',
		])
			isRefused(await ask(everything, target, { json: { name: 'one more' } }), 403)
	})

	it('#239 T43 T44 no credential, cookie, nonce or forwarding field of a caller reaches the site', async () => {
		const secret = 'never-at-the-site'
		const names = [
			'Cookie',
			'X-WP-Nonce',
			'X-Forwarded-For',
			'X-Forwarded-Host',
			'X-Forwarded-Proto',
			'Forwarded',
			'X-Real-IP',
			'Via',
			'X-Original-URL',
			'X-Rewrite-URL',
			'Proxy-Authorization',
			'X-Api-Key',
			'Referer',
			'Origin',
			'X-Anything',
		]
		const asked = await ask(reader, '/wp-json/wp/v2/posts', { headers: names.map((name) => [name, secret]) })
		const [got] = asked.ran
		expect([asked.status, asked.ran.length]).toEqual([200, 1])
		expect(JSON.stringify(got)).not.toContain(secret)
		expect(got?.http.headers['authorization']).toBe(`as ${site.credential.username}`)
		const strange = Object.keys(got?.http.headers ?? {}).filter((name) =>
			names.some((one) => one.toLowerCase() === name),
		)
		expect(strange).toEqual([])
	})

	it('T13 every address of the API in an answer is the gateway’s: the site’s own would get Postern’s password', async () => {
		for (const target of [
			'/wp-json/',
			'/wp-json/wp/v2/posts?per_page=1',
			`/wp-json/wp/v2/posts/${site.pool.published[0]}?_embed`,
		]) {
			const { text, headers } = await ask(everything, target)
			const said = `${text.replaceAll('\\/', '/')} ${headers.get('link') ?? ''}`
			const addresses = [...said.matchAll(/https?:\/\/[^\s"<>\\]+/g)].map(([address]) => decodeURIComponent(address))
			const ofApi = addresses.filter((address) => /\/wp-json|rest_route=/.test(address))
			expect(ofApi.length).toBeGreaterThan(3)
			expect(ofApi.filter((address) => !address.startsWith(`${there.url}/`))).toEqual([])
		}
	})

	it('T33 T42 what is no request of this protocol is never passed on', async () => {
		for (const method of ['TRACE', 'PROPFIND', 'get'])
			expect((await ask(everything, '/wp-json/wp/v2/posts', { method })).ran, method).toEqual([])
		const both = [
			['Content-Length', '5'],
			['Transfer-Encoding', 'chunked'],
		] as const
		expect((await ask(everything, '/wp-json/wp/v2/posts', { method: 'POST', headers: both })).ran).toEqual([])
	})

	// The last: it ends the site's credential.
	it('#240 a site that takes our login no longer is 502, never the caller’s own 401; after three tries it is left alone', async () => {
		await site.site.runPhp(
			`WP_Application_Passwords::delete_all_application_passwords( ${site.credential.userId} ); return true;`,
		)
		for (let tries = 0; tries < 3; tries += 1) {
			const asked = await ask(editor, '/wp-json/wp/v2/posts?context=edit')
			expect([asked.status, asked.body, asked.headers.has('www-authenticate')]).toMatchObject([
				502,
				{ data: { status: 502 } },
				false,
			])
			expect(asked.text).toContain('site-credential/rejected')
		}
		isRefused(await ask(editor, '/wp-json/wp/v2/posts?context=edit'), 502, 'site-credential/resting')
	})

	const drafts = (): Promise<IssuedThere> => stage.issue({ preset: 'drafts-only' })
	const recordOf = async ({ headers }: Asked) => {
		const id = headers.get('x-request-id')
		return (await stage.records()).find(({ access }) => access?.requestId === id)
	}
})
