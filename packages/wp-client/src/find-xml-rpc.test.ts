import { formatXmlRpcFault, formatXmlRpcResponse } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { findXmlRpc, listSitesOfLogin, readLatestPosts, verifyOverXmlRpc } from './index.ts'
import type { DiscoveredSite, RungEvent } from './types.ts'
import { askAnimal } from './zoo/ask-animal.testing.ts'
import { type Animal, html, type Page, redirect } from './zoo/zoo-pages.testing.ts'
import { GROUPED, PASSWORD, USERNAME, WRONG, wordpress } from './zoo/zoo-wordpress.testing.ts'

const credential = { username: USERNAME, password: GROUPED }
const xml = (body: string, status = 200): Page => ({ status, headers: { 'content-type': 'text/xml' }, body })
const listed = xml(formatXmlRpcResponse(['system.listMethods', 'wp.getUsersBlogs']))
const methodOf = (body: string): string => /<methodName>([\w.]+)</.exec(body)?.[1] ?? ''

function start(animal: Animal) {
	const { ask, visits } = askAnimal(animal)
	const events: RungEvent[] = []
	const ports = { ask, clock: () => 1_000, ownOrigins: [], onRung: (event: RungEvent) => void events.push(event) }
	return { ports, visits, events }
}

async function codeOf(animal: Animal, typed = 'https://blog.example') {
	const { ports, visits } = start(animal)
	const found = await findXmlRpc(typed, ports)
	return { code: found.ok ? 'ok' : found.diagnosis.code, rung: found.ok ? '' : found.diagnosis.rung, visits }
}

describe('findXmlRpc', () => {
	it('climbs the five rungs, and says at the last that nothing tells of application passwords', async () => {
		const { ports, events } = start(wordpress().animal)
		expect(await findXmlRpc('blog.example', ports)).toMatchObject({ ok: true })
		const ended = events.filter(({ state }) => state !== 'running')
		expect(ended.map(({ rung, state, detail }) => `${rung} ${state} ${detail?.code ?? ''}`.trim())).toEqual([
			'address passed',
			'secure-connection passed',
			'wordpress passed',
			'api passed',
			'application-passwords noted xml-rpc-transport',
		])
	})

	it('takes the folder of the site from its RSD document, whatever page was pasted', async () => {
		const page = '<link rel="EditURI" href="http://blog.example/news/wp/xmlrpc.php?rsd">'
		const rsd = `<?xml version="1.0"?><rsd version="1.0"><service><engineName>WordPress</engineName>
			<homePageLink>http://blog.example/news/</homePageLink><apis>
			<api name="WordPress" blogID="1" preferred="true" apiLink="http://blog.example/news/wp/xmlrpc.php" />
			<api name="WP-API" blogID="1" preferred="false" apiLink="http://blog.example/news/wp-json/" />
			</apis></service></rsd>`
		const { ports, visits } = start(({ url }) => {
			if (url === '/news/wp/xmlrpc.php') return listed
			return url.endsWith('?rsd') ? xml(rsd) : html(200, page)
		})
		expect(await findXmlRpc('https://blog.example/news/2026/11/hello/', ports)).toMatchObject({
			ok: true,
			value: {
				siteUrl: 'https://blog.example/news',
				wordpressUrl: 'https://blog.example/news/wp',
				xmlRpcUrl: 'https://blog.example/news/wp/xmlrpc.php',
			},
		})
		expect(visits.every(({ isTls }) => isTls)).toBe(true)
	})

	it('never takes an address on another host for it', async () => {
		const page = '<link rel="EditURI" href="/xmlrpc.php?rsd"><link href="/wp-content/a.css">'
		const rsd =
			'<rsd><service><apis><api name="WordPress" apiLink="https://evil.example/xmlrpc.php"/></apis></service></rsd>'
		const { code, visits } = await codeOf(({ url }) => (url === '/xmlrpc.php?rsd' ? xml(rsd) : html(200, page)))
		expect(code).toBe('xml-rpc/blocked')
		expect(visits.every(({ host }) => host === 'blog.example')).toBe(true)
	})

	it('stays on https when the site announces http', async () => {
		const { ports, visits } = start(wordpress({ announcesHttp: true }).animal)
		expect(await findXmlRpc('https://blog.example', ports)).toMatchObject({
			value: { siteUrl: 'https://blog.example', xmlRpcUrl: 'https://blog.example/xmlrpc.php' },
		})
		expect(visits.every(({ isTls }) => isTls)).toBe(true)
	})

	const wordpressPage = html(200, '<link rel="stylesheet" href="/wp-content/themes/zoo/style.css">')
	it.each([
		['a page', html(200, '<title>Welcome</title>')],
		['404', html(404, '<title>Not found</title>')],
		['403', html(403, '<title>403 Forbidden</title>')],
		['a fault', xml(formatXmlRpcFault(-32601, 'requested method does not exist'))],
		['methods without those of WordPress', xml(formatXmlRpcResponse(['system.listMethods']))],
		['broken XML', xml('<methodResponse><params>')],
		['an entity', xml('<!DOCTYPE x [<!ENTITY a "b">]><methodResponse>&a;</methodResponse>')],
	])('says that XML-RPC is closed where xmlrpc.php answers with %s', async (_what, answer) => {
		const found = await codeOf(({ url }) => (url.startsWith('/xmlrpc.php') ? answer : wordpressPage))
		expect(found).toMatchObject({ code: 'xml-rpc/blocked', rung: 'api' })
	})

	it('follows no redirect with a call, and names what stands in front', async () => {
		const away = await codeOf(({ url }) =>
			url.startsWith('/xmlrpc.php') ? redirect('https://evil.example/') : wordpressPage,
		)
		expect(away.code).toBe('redirect/while-verifying')
		expect(away.visits.every(({ host }) => host === 'blog.example')).toBe(true)
		const challenge = { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: '<html></html>' }
		expect((await codeOf(({ url }) => (url.startsWith('/xmlrpc.php') ? challenge : wordpressPage))).code).toBe(
			'edge/challenge',
		)
	})

	it.each([
		'<link rel="EditURI" href="https://blog.example/second/xmlrpc.php?rsd">',
		'<link rel="https://api.w.org/" href="https://blog.example/second/wp-json/">',
		'<link rel="https://api.w.org/" href="https://blog.example/second/?rest_route=/">',
	])('takes no site above for the one that a page says it belongs to: %s', async (head) => {
		const animal: Animal = ({ url }) => {
			if (url === '/xmlrpc.php') return listed
			return url.includes('xmlrpc.php') ? html(404, '') : html(200, head)
		}
		const found = await codeOf(animal, 'https://blog.example/second/2026/hello/')
		expect(['xml-rpc/blocked', 'site/not-wordpress']).toContain(found.code)
		expect(found.visits.map(({ url }) => url)).not.toContain('/xmlrpc.php')
	})

	it('says that there is no WordPress where there is none', async () => {
		expect((await codeOf(() => html(200, '<title>Hello</title>'))).code).toBe('site/not-wordpress')
		expect((await codeOf(() => html(200, ''), 'https://blog.wordpress.com')).code).toBe('site/hosted-on-wordpress-com')
		expect((await codeOf(() => html(200, ''), 'ftp://blog.example')).code).toBe('address/scheme-unsupported')
	})

	it('keeps five requests for the login', async () => {
		const { visits } = await codeOf(() => wordpressPage, 'https://blog.example/a/b/c/d/e/f/g/h/i/j/')
		expect(visits.length).toBeLessThanOrEqual(7)
	})
})

const site: DiscoveredSite = {
	siteUrl: 'https://blog.example',
	homeUrl: 'https://blog.example',
	wordpressUrl: 'https://blog.example',
	title: 'The Zoo',
	root: { url: 'https://blog.example/wp-json/', style: 'path' },
	foundBy: 'xml-rpc',
	transport: 'xml-rpc',
	xmlRpcUrl: 'https://blog.example/xmlrpc.php',
	namespaces: [],
	applicationPasswords: 'unknown',
	isIndexClosed: true,
	adminUrl: 'https://blog.example/wp-admin/',
	notes: [],
	evidence: [],
}

/** Lets the one credential in, and answers its methods as told. */
function account(answers: Readonly<Record<string, unknown>> = {}) {
	const blogs = [{ isAdmin: false, url: 'https://blog.example/', blogName: 'The Zoo' }]
	const profile = { user_id: '7', username: USERNAME, display_name: 'Yuki', roles: ['author'] }
	const all: Readonly<Record<string, unknown>> = {
		'wp.getUsersBlogs': blogs,
		'wp.getProfile': profile,
		'wp.getOptions': {},
		...answers,
	}
	return start(({ body }) => {
		if (methodOf(body) === 'system.listMethods') return listed
		if (!body.includes(PASSWORD)) return xml(formatXmlRpcFault(403, 'Incorrect username or password.'))
		const answer = all[methodOf(body)]
		if (typeof answer === 'number') return xml(formatXmlRpcFault(answer, 'No'))
		// What a test wrote down above.
		return xml(formatXmlRpcResponse(answer as never))
	})
}

const verdict = async ({ ports }: ReturnType<typeof start>, input = credential) => {
	const verified = await verifyOverXmlRpc(site, input, ports)
	return verified.ok ? 'ok' : verified.diagnosis.code
}

describe('verifyOverXmlRpc', () => {
	it('sends one wrong login at the most', async () => {
		const { ports, visits } = account()
		const verified = await verifyOverXmlRpc(site, { ...credential, password: WRONG }, ports)
		expect(verified).toMatchObject({
			diagnosis: {
				code: 'site-credential/rejected',
				rung: 'login',
				alternatives: ['application-passwords/off', 'application-passwords/off-for-user'],
			},
		})
		expect(visits).toHaveLength(1)
	})

	it('carries the secret in the body only, and never lets it out', async () => {
		const echo = { user_id: '7', username: USERNAME, display_name: `I am ${PASSWORD}`, roles: ['author', GROUPED] }
		const { ports, visits } = account({ 'wp.getProfile': echo })
		const verified = await verifyOverXmlRpc(site, credential, ports)
		expect(verified).toMatchObject({ ok: true, value: { displayName: 'I am [secret]' } })
		expect(JSON.stringify(verified)).not.toMatch(new RegExp(`${PASSWORD}|${GROUPED}`))
		expect(visits.every(({ headers, url }) => !JSON.stringify([headers, url]).includes(PASSWORD))).toBe(true)
		expect(visits.every(({ headers }) => headers.authorization === undefined)).toBe(true)
	})

	it.each([
		[
			'somebody else',
			{ username: 'admin', user_id: '1', roles: ['administrator'] },
			'site-credential/not-what-authenticated',
		],
		['nobody of the site', { username: USERNAME, user_id: '7', roles: [] }, 'site-credential/not-a-member'],
		['a subscriber', { username: USERNAME, user_id: '7', roles: ['subscriber'] }, 'site-credential/role-too-low'],
		['no user at all', { username: USERNAME, user_id: 'seven' }, 'xml-rpc/blocked'],
		['a list', [], 'xml-rpc/blocked'],
		['a refusal', 401, 'site-credential/role-too-low'],
	])('is not content with %s', async (_what, profile, code) => {
		expect(await verdict(account({ 'wp.getProfile': profile }))).toBe(code)
	})

	it('takes an administrator of another site of the network for none here', async () => {
		const of = (url: string, isAdmin: boolean) => ({ isAdmin, url, xmlrpc: `${url}xmlrpc.php`, blogName: 'One' })
		const [other, here] = ['https://blog.example/other/', 'https://blog.example/']
		const profile = (roles: readonly string[]) => ({ username: USERNAME, user_id: '7', display_name: 'Yuki', roles })
		const permissionsOf = async (blogs: unknown, roles: readonly string[]) => {
			const { ports } = account({ 'wp.getUsersBlogs': blogs, 'wp.getProfile': profile(roles) })
			const verified = await verifyOverXmlRpc(site, credential, ports)
			return verified.ok ? verified.value.permissions : verified.diagnosis.code
		}
		expect(await permissionsOf([of(other, true), of(here, false)], ['contributor'])).not.toContain('manage-site')
		expect(await permissionsOf([of(other, true)], [])).toBe('site-credential/not-a-member')
		expect(await permissionsOf([of(other, false), of(here, true)], ['contributor'])).toContain('manage-site')
	})

	it('sends nothing to a stored site whose addresses disagree', async () => {
		const { ports, visits } = account()
		const tampered = { ...site, xmlRpcUrl: 'https://evil.example/xmlrpc.php' }
		expect(await verifyOverXmlRpc(tampered, credential, ports)).toMatchObject({
			diagnosis: { code: 'api/other-origin' },
		})
		expect(await readLatestPosts(tampered, credential, ports)).toMatchObject({ problem: { code: 'api/other-origin' } })
		expect(visits).toHaveLength(0)
	})
})

describe('listSitesOfLogin', () => {
	it('takes nothing for an address that is none, and none that echoes the credential', async () => {
		const of = (url: unknown) => ({ url, blogName: 'A &amp; B\u202E', isAdmin: true })
		const blogs = [
			'https://one.example/',
			'javascript:alert(1)',
			'https://a@b.example/',
			7,
			`https://${PASSWORD}.example/`,
		]
		const { ports } = account({ 'wp.getUsersBlogs': [...blogs.map(of), 'text'] })
		expect(await listSitesOfLogin(site, credential, ports)).toEqual({
			ok: true,
			value: [{ url: 'https://one.example/', name: 'A & B', isAdmin: true }],
		})
	})
})
