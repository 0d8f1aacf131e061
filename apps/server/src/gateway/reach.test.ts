import { createHash, X509Certificate } from 'node:crypto'
import { Secret } from '@postern/vocabulary'
import { formatXmlRpcCall, formatXmlRpcFault, formatXmlRpcResponse, type XmlRpcValue } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { certificates } from '../../../../packages/egress/src/testing/certificates.ts'
import { sealConnection } from '../access/seal-connection.ts'
import { must } from '../http/routes/test-server.testing.ts'
import { factsOf, healthy, pasted } from '../store/cases/connector.testing.ts'
import type { Reach } from '../store/connector/reach.ts'
import { answerJson, secret, siteAccount, startGateway, type Granted, type TestGateway } from './gateway.testing.ts'

const posts = 'wp-json/wp/v2/posts'
const certificate = certificates.selfSigned
const pinOf = ({ cert }: { readonly cert: string }) =>
	createHash('sha256').update(new X509Certificate(cert).raw).digest('hex')
const pin = pinOf(certificate)
const edge = { username: 'staging', password: new Secret('open "sesame" & more') }
const pairOf = (username: string, password: string) => Buffer.from(`${username}:${password}`).toString('base64')
const edgePair = pairOf(edge.username, edge.password.reveal())
const sitePair = pairOf(siteAccount.username, secret)
const xmlHeaders = { 'content-type': 'text/xml' }

const behind = (reach: Partial<Reach> = {}) => startGateway({ certificate, reach: { pin, ...reach } })

function callAs({ authorization }: Granted, method: string, ...params: readonly XmlRpcValue[]): string {
	const [user = '', password = ''] = Buffer.from(authorization.slice(6), 'base64').toString().split(':')
	return formatXmlRpcCall(method, [1, user, password, ...params])
}

async function speak({ ask, grant }: TestGateway, method = 'wp.getPosts', ...params: readonly XmlRpcValue[]) {
	const as = await grant(['posts:read'])
	const body = callAs(as, method, ...params)
	return ask({ method: 'POST', path: 'xmlrpc.php', headers: xmlHeaders, body })
}

async function stateOf({ server, workspaceId, connectorId, slug }: TestGateway) {
	const connector = await server.store.connectors.find(workspaceId, connectorId)
	const found = await server.store.gatewayConnectors.findBySlug(slug)
	return [connector?.state, found?.rejectedLogins]
}

describe('a site whose certificate is pinned', () => {
	it('is reached with its own and no other, by what is passed on and by what is asked first', async () => {
		const gateway = await behind()
		gateway.site.answer = (request, response) =>
			request.url === '/xmlrpc.php'
				? response.end(formatXmlRpcResponse({ post_type: 'post', post_status: 'draft', post_author: '7' }))
				: answerJson(response, { id: 7, type: 'post', status: 'draft', author: siteAccount.userId })
		const drafts = await gateway.grant(['posts:draft'])
		const edit = { method: 'POST', path: `${posts}/7`, as: drafts, headers: { 'content-type': 'application/json' } }
		expect(await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) })).toMatchObject({ status: 200 })
		expect(await gateway.ask({ ...edit, body: '{"title":"x"}' })).toMatchObject({ status: 200 })
		const body = callAs(drafts, 'wp.editPost', 7, { post_title: 'x' })
		const deleted = await gateway.ask({ method: 'POST', path: 'xmlrpc.php', headers: xmlHeaders, body })
		expect([deleted.status, deleted.text]).toEqual([200, expect.stringContaining('post_status')])
		expect(gateway.site.seen.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
			'GET /wp-json/wp/v2/posts',
			'GET /wp-json/wp/v2/posts/7',
			'POST /wp-json/wp/v2/posts/7',
			'POST /xmlrpc.php',
			'POST /xmlrpc.php',
		])
	})

	it.each([
		['another pin', pinOf(certificates.good), 'tls/pin-mismatch'],
		['no pin', undefined, 'tls/self-signed'],
	])('with %s is asked nothing, over REST, XML-RPC and before a change', async (_what, other, problem) => {
		const gateway = await behind({ pin: other })
		const as = await gateway.grant(['posts:draft'])
		const refused = { status: 502, json: { data: { problem } } }
		expect(await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) })).toMatchObject(refused)
		const edit = { method: 'POST', path: `${posts}/7`, as, headers: { 'content-type': 'application/json' } }
		expect(await gateway.ask({ ...edit, body: '{"title":"x"}' })).toMatchObject(refused)
		expect((await speak(gateway)).text).toContain(problem)
		expect(gateway.site.seen).toEqual([])
	})
})

describe('a staging login', () => {
	it('goes into the header over XML-RPC, with the site credential in the body, also before a change', async () => {
		const gateway = await behind({ edge })
		gateway.site.answer = (_request, response) =>
			void response.end(formatXmlRpcResponse({ post_type: 'post', post_status: 'draft', post_author: '7' }))
		const body = callAs(await gateway.grant(['posts:draft']), 'wp.editPost', 7, { post_title: 'x' })
		const told = await gateway.ask({ method: 'POST', path: 'xmlrpc.php', headers: xmlHeaders, body })
		expect(told.status).toBe(200)
		expect(gateway.site.seen).toHaveLength(2)
		for (const { headers, body: sent } of gateway.site.seen) {
			expect(headers.authorization).toBe(`Basic ${edgePair}`)
			expect(sent).toContain(secret)
		}
	})

	it('stays here over REST, where the site credential takes the header', async () => {
		const gateway = await behind({ edge })
		expect((await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) })).status).toBe(200)
		expect(gateway.site.seen.map(({ headers }) => headers.authorization)).toEqual([`Basic ${sitePair}`])
	})

	it('never goes out in plain text', async () => {
		const gateway = await startGateway({ reach: { edge } })
		gateway.site.answer = (_request, response) => void response.end(formatXmlRpcResponse('x'))
		await speak(gateway)
		expect(gateway.site.seen.map(({ headers }) => headers.authorization)).toEqual([undefined])
	})

	it.each([
		['without one', undefined, 'edge/basic-auth'],
		['with one that does not open it', edge, 'edge/login-refused'],
	])('that is asked for is no refusal of the site credential: %s', async (_what, known, problem) => {
		const gateway = await behind({ edge: known })
		gateway.site.answer = (_request, response) => {
			const headers = { 'www-authenticate': 'Basic realm="Staging"', 'content-type': 'text/html' }
			response.writeHead(401, headers).end('<h1>401 Authorization Required</h1>')
		}
		const read = await gateway.grant(['posts:read'])
		const edit = { method: 'POST', path: `${posts}/7`, headers: { 'content-type': 'application/json' } }
		const as = await gateway.grant(['posts:draft'])
		const ofRest = { status: 502, json: { data: { problem: 'edge/basic-auth' } } }
		for (let count = 0; count < 4; count += 1) {
			expect(await gateway.ask({ path: posts, as: read })).toMatchObject(ofRest)
			expect(await gateway.ask({ ...edit, as, body: '{"title":"x"}' })).toMatchObject(ofRest)
			expect((await speak(gateway)).text).toContain(problem)
			const body = callAs(as, 'wp.editPost', 7, { post_title: 'x' })
			expect((await gateway.ask({ method: 'POST', path: 'xmlrpc.php', headers: xmlHeaders, body })).text).toContain(
				problem,
			)
		}
		expect(await stateOf(gateway)).toEqual(['healthy', 0])
		const [entry] = await gateway.record()
		expect(entry).toMatchObject({ problem })
	})

	it('is not meant where WordPress itself answers 401', async () => {
		const gateway = await behind({ edge })
		gateway.site.answer = (_request, response) => {
			response.setHeader('www-authenticate', 'Basic realm="WordPress"')
			response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"incorrect_password"}')
		}
		const told = await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) })
		expect(told).toMatchObject({ status: 502, json: { data: { problem: 'site-credential/rejected' } } })
		expect(await stateOf(gateway)).toEqual(['needs-attention', 1])
	})

	it('is passed on in no form when the site shows it', async () => {
		const gateway = await behind({ edge })
		const plain = edge.password.reveal()
		const shown = [edgePair, plain, JSON.stringify(plain).slice(1, -1), plain.replace('&', '&amp;')]
		const written = (text: string) =>
			`<?xml version="1.0"?><methodResponse><params><param><value><string>${text}</string></value></param></params></methodResponse>`
		for (const text of shown.map((form) => written(form.includes('&amp;') ? form.replaceAll('"', '&quot;') : form))) {
			gateway.site.answer = (_request, response) => void response.end(text)
			const told = await speak(gateway).catch(() => undefined)
			expect(told?.text ?? '').not.toContain('sesame')
			expect(told?.text ?? '').not.toContain(edgePair)
		}
		gateway.site.answer = (_request, response) => {
			const realm = `Basic realm="${edgePair}"`
			response.writeHead(401, { 'www-authenticate': realm, 'content-type': 'text/html' }).end(edgePair)
		}
		for (const told of [
			await speak(gateway),
			await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) }),
		]) {
			expect(told.text).toContain('edge/')
			expect(told.text).not.toContain(edgePair)
		}
		expect(gateway.server.logged.join('\n')).not.toMatch(/sesame|c3RhZ2luZzpvcGVu/)
	})
})

describe('a site that is reached over XML-RPC', () => {
	it('answers XML-RPC, and names what is missing over REST without asking the site', async () => {
		const gateway = await behind({ edge, transport: 'xml-rpc' })
		gateway.site.answer = (_request, response) => void response.end(formatXmlRpcResponse('a post'))
		expect((await speak(gateway)).text).toContain('a post')
		gateway.site.seen.length = 0
		const as = await gateway.grant(['posts:write'])
		const told = await gateway.ask({ path: posts, as })
		expect(told.status).toBe(501)
		expect(told.json).toEqual({
			code: 'postern_gateway_xml_rpc_only',
			message: expect.stringContaining('XML-RPC'),
			data: { status: 501, problem: 'gateway/xml-rpc-only' },
		})
		const headers = { 'content-type': 'application/json' }
		for (const asked of [{ path: 'wp-json/' }, { path: posts, method: 'POST', headers, body: '{"title":"x"}' }])
			expect(await gateway.ask({ ...asked, as })).toMatchObject({ status: 501 })
		expect(gateway.site.seen).toEqual([])
		const [entry] = await gateway.record()
		expect(entry).toMatchObject({ method: 'POST', decision: 'refused', problem: 'gateway/xml-rpc-only', status: 501 })
	})

	it('tells those without a password, and of the password itself, what other sites tell', async () => {
		const [one, other] = [await behind({ transport: 'xml-rpc' }), await behind()]
		const answers = await Promise.all(
			[one, other].map(async (gateway) => {
				const as = await gateway.grant(['posts:read'])
				const introspected = await gateway.ask({
					path: 'wp-json/wp/v2/users/me/application-passwords/introspect',
					as,
				})
				expect(introspected.json.uuid).toBe(as.uuid)
				const asked = [
					await gateway.ask({ path: 'wp-json/' }),
					await gateway.ask({ path: '' }),
					await gateway.ask({ path: posts }),
					await gateway.ask({ path: 'xmlrpc.php?rsd' }),
				]
				return asked.map(({ status, text }) => [status, text.replaceAll(gateway.slug, 'slug')])
			}),
		)
		expect(answers[0]).toEqual(answers[1])
		expect([...one.site.seen, ...other.site.seen]).toEqual([])
	})

	it('is paused like any other first of all', async () => {
		const gateway = await behind({ transport: 'xml-rpc' })
		await gateway.server.store.connectors.pause(gateway.workspaceId, gateway.connectorId)
		const told = await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) })
		expect(told).toMatchObject({ status: 409, json: { data: { problem: 'connector/paused' } } })
	})
})

const next = 'next NEXT next NEXT next NEXT'.replaceAll(' ', '')

/** As a rotation does it: the connector has another password from now on. */
async function rotate({ server, workspaceId, connectorId }: TestGateway): Promise<void> {
	const { store, vault } = server
	const connector = await store.connectors.find(workspaceId, connectorId)
	if (connector === undefined) throw new Error('no connector')
	const place = { workspaceId, connectorId, siteOrigin: connector.site.origin, sealVersion: connector.sealVersion + 1 }
	const reach = { transport: 'rest', edge: undefined, pin } as const
	const sealed = must(await sealConnection({ password: new Secret(next), reach }, place, { vault }))
	const facts = { ...factsOf(connector.site.host), site: connector.site, account: connector.account }
	const replaced = await store.connectors.replaceCredential(workspaceId, connectorId, {
		...pasted,
		...sealed,
		facts,
		health: healthy,
	})
	expect(replaced?.sealVersion).toBe(2)
}

describe('a password that is replaced in the middle of traffic', () => {
	it('goes out with the next request', async () => {
		const gateway = await behind()
		const as = await gateway.grant(['posts:read'])
		await gateway.ask({ path: posts, as })
		await rotate(gateway)
		await gateway.ask({ path: posts, as })
		expect(gateway.site.seen.map(({ headers }) => headers.authorization)).toEqual(
			[secret, next].map((password) => `Basic ${pairOf(siteAccount.username, password)}`),
		)
	})

	const headers = { 'content-type': 'application/json' }
	it.each([
		['a read', { path: posts }],
		['a change that asks first', { method: 'POST', path: `${posts}/7`, headers, body: '{"title":"x"}' }],
	])('while %s is on its way is not what the site refused: 503, and nothing counts', async (_what, asked) => {
		const gateway = await behind()
		const as = await gateway.grant(['posts:read', 'posts:draft'])
		gateway.site.answer = (request, response) => {
			if (!String(request.headers.authorization).includes(sitePair)) return answerJson(response, [])
			void rotate(gateway).then(() =>
				response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"incorrect_password"}'),
			)
		}
		const told = await gateway.ask({ ...asked, as })
		expect(told).toMatchObject({ status: 503, json: { data: { problem: 'gateway/credential-replaced' } } })
		expect(told.headers['retry-after']).toMatch(/^\d+$/)
		expect(await stateOf(gateway)).toEqual(['healthy', 0])
		expect(await gateway.record()).toMatchObject([{ problem: 'gateway/credential-replaced', status: 503 }])
		expect((await gateway.ask({ path: posts, as })).status).toBe(200)
	})

	it.each([
		['wp.getPosts', []],
		['wp.getPost', [7]],
	])('while %s is on its way is told as a fault, and nothing counts', async (method, params) => {
		const gateway = await behind()
		gateway.site.answer = (_request, response) =>
			void rotate(gateway)
				.catch(() => undefined)
				.then(() => response.end(formatXmlRpcFault(403, 'Incorrect username or password.')))
		const told = await speak(gateway, method, ...params)
		expect([told.status, told.headers['retry-after']]).toEqual([503, '30'])
		expect(told.text).toContain('gateway/credential-replaced')
		expect(await stateOf(gateway)).toEqual(['healthy', 0])
	})
})
