import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, askJson, basic, callXmlRpc } from './ask-wordpress.ts'
import { startWordPress, type IssuedPassword, type WordPressSite } from './wordpress/start-wordpress.ts'
import { people, wordpressVersions, type WordPressOptions } from './wordpress/wordpress-options.ts'

/** What WordPress answers to logins, right and wrong: the facts our diagnosis stands on. */
const NEVER_ISSUED = 'abcd EFGH 1234 ijkl MNOP 5678'
const LOGIN_PASSWORD = people.author.password
const wrongLogins: readonly (readonly [who: string, headers: Readonly<Record<string, string>>])[] = [
	['nobody', {}],
	['a wrong application password', basic('author', NEVER_ISSUED)],
	['an unknown user', basic('nobody-here', NEVER_ISSUED)],
	['an unknown e-mail address', basic('nobody@example.test', NEVER_ISSUED)],
	['a login password', basic('author', LOGIN_PASSWORD)],
]

const notLoggedIn = { status: 401, body: { code: 'rest_not_logged_in' } }

describe.each(wordpressVersions)('WordPress %s', (version) => {
	const sites: WordPressSite[] = []
	const start = async (options: Partial<WordPressOptions> = {}): Promise<WordPressSite> => {
		const site = await startWordPress({ version, permalinks: 'pretty', ...options })
		sites.push(site)
		return site
	}
	afterAll(() => Promise.all(sites.map((site) => site.stop())))

	describe('as it comes', () => {
		let site: WordPressSite
		let issued: IssuedPassword
		beforeAll(async () => {
			site = await start()
			issued = await site.createApplicationPassword('author', 'Postern')
		})
		const api = (path: string) => `${site.url}/wp-json${path}`

		it.each(wrongLogins)('says rest_not_logged_in to %s, and nothing more', async (_who, headers) => {
			expect(await askJson(api('/wp/v2/users/me?context=edit'), headers)).toMatchObject(notLoggedIn)
		})

		it.each(wrongLogins)('answers a public route with 200 to %s', async (_who, headers) => {
			expect((await askJson(api('/wp/v2/posts'), headers)).status).toBe(200)
		})

		it('takes the name of an application password for an unknown user', async () => {
			const headers = basic('Postern', issued.password)
			expect(await askJson(api('/wp/v2/users/me'), headers)).toMatchObject(notLoggedIn)
		})

		it('forgets a revoked application password', async () => {
			const revoked = await site.createApplicationPassword('author', 'Revoked')
			await site.revokeApplicationPassword('author', revoked.uuid)
			expect(await askJson(api('/wp/v2/users/me'), basic('author', revoked.password))).toMatchObject(notLoggedIn)
		})

		it('takes an application password without spaces, a username in capitals, and an e-mail address', async () => {
			const bare = issued.password.replaceAll(' ', '')
			for (const username of ['author', 'AUTHOR', 'author@example.test']) {
				const me = await askJson(api('/wp/v2/users/me?context=edit'), basic(username, bare))
				expect(me).toMatchObject({ status: 200, body: { username: 'author' } })
			}
		})

		it('tells a subscriber too who they are and what they may do', async () => {
			const { password } = await site.createApplicationPassword('subscriber', 'Postern')
			const me = await askJson(api('/wp/v2/users/me?context=edit'), basic('subscriber', password))
			expect(me).toMatchObject({ status: 200, body: { roles: ['subscriber'], capabilities: { read: true } } })
		})

		it('introspects the application password in use, and no other', async () => {
			const path = api('/wp/v2/users/me/application-passwords/introspect')
			const used = await askJson(path, basic('author', issued.password))
			expect(used).toMatchObject({ status: 200, body: { uuid: issued.uuid, name: 'Postern' } })
			expect(await askJson(path)).toMatchObject(notLoggedIn)
		})

		it('takes an application password over XML-RPC, and refuses a wrong one with fault 403', async () => {
			const right = await callXmlRpc(site.url, 'wp.getUsersBlogs', ['author', issued.password])
			expect(right).toMatchObject({ status: 200, kind: 'value' })
			const wrong = await callXmlRpc(site.url, 'wp.getUsersBlogs', ['author', NEVER_ISSUED])
			expect(wrong).toMatchObject({ status: 200, kind: 'fault', code: 403 })
		})

		it('takes a login password over XML-RPC: why we look at the shape before we send', async () => {
			const answer = await callXmlRpc(site.url, 'wp.getUsersBlogs', ['author', LOGIN_PASSWORD])
			expect(answer).toMatchObject({ status: 200, kind: 'value' })
		})
	})

	it('behind a web server that strips the header says the same to a right login, and XML-RPC tells them apart', async () => {
		const site = await start({ behaviours: ['strip-authorization'] })
		const { password } = await site.createApplicationPassword('author', 'Postern')
		const me = await askJson(`${site.url}/wp-json/wp/v2/users/me`, basic('author', password))
		expect(me).toMatchObject(notLoggedIn)
		const index = await askJson(`${site.url}/wp-json/`, basic('author', password))
		expect(index.body).toHaveProperty(['authentication', 'application-passwords'])
		const answer = await callXmlRpc(site.url, 'wp.getUsersBlogs', ['author', password])
		expect(answer).toMatchObject({ status: 200, kind: 'value' })
	})

	it('with application passwords off announces none, answers introspect with 501 even to strangers, and XML-RPC with fault 403', async () => {
		const site = await start({ behaviours: ['application-passwords-off'] })
		const { password } = await site.createApplicationPassword('author', 'Postern')
		expect((await askJson(`${site.url}/wp-json/`)).body).toHaveProperty('authentication', [])
		const introspect = `${site.url}/wp-json/wp/v2/users/me/application-passwords/introspect`
		expect(await askJson(introspect)).toMatchObject({ status: 501, body: { code: 'application_passwords_disabled' } })
		const me = await askJson(`${site.url}/wp-json/wp/v2/users/me`, basic('author', password))
		expect(me).toMatchObject(notLoggedIn)
		const answer = await callXmlRpc(site.url, 'wp.getUsersBlogs', ['author', password])
		expect(answer).toMatchObject({ status: 200, kind: 'fault', code: 403 })
	})

	it('in production over plain HTTP announces no application passwords', async () => {
		const site = await start({ environment: 'production' })
		expect((await askJson(`${site.url}/wp-json/`)).body).toMatchObject({ authentication: [], home: site.url })
	})

	it('closed to visitors opens its index to a right login', async () => {
		const site = await start({ behaviours: ['rest-closed-to-visitors'] })
		const { password } = await site.createApplicationPassword('author', 'Postern')
		const index = `${site.url}/wp-json/`
		expect(await askJson(index)).toMatchObject({ status: 401, body: { code: 'rest_cannot_access' } })
		expect((await askJson(index, basic('author', password))).status).toBe(200)
	})

	it('with XML-RPC off answers logins with 405 and fault 405, and still lists its methods', async () => {
		const site = await start({ plugins: ["add_filter( 'xmlrpc_enabled', '__return_false' );"] })
		const login = await callXmlRpc(site.url, 'wp.getUsersBlogs', ['author', NEVER_ISSUED])
		expect(login).toMatchObject({ status: 405, kind: 'fault', code: 405 })
		expect(await callXmlRpc(site.url, 'system.listMethods', [])).toMatchObject({ status: 200, kind: 'value' })
	})

	it('in maintenance answers 503 with a wait, and XML-RPC with an empty page', async () => {
		const site = await start()
		await site.runPhp(`return file_put_contents( ABSPATH . '.maintenance', '<?php $upgrading = time();' );`)
		const index = await ask(`${site.url}/wp-json/`)
		expect([index.status, index.headers.get('retry-after')]).toEqual([503, '600'])
		expect(index.headers.get('content-type')).toContain('text/html')
		const answer = await callXmlRpc(site.url, 'wp.getUsersBlogs', ['author', NEVER_ISSUED])
		expect(answer).toMatchObject({ status: 200, kind: 'malformed' })
	})

	it('that crashes answers 500 with a page, also where JSON was asked', async () => {
		const crash = "add_action( 'rest_api_init', function () { throw new Error( 'a broken plugin' ); } );"
		const site = await start({ plugins: [crash] })
		const index = await ask(`${site.url}/wp-json/`)
		expect(index.status).toBe(500)
		expect(index.headers.get('content-type')).toContain('text/html')
		expect(index.text).toContain('critical error')
	})
})
