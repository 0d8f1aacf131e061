import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import inputs from './bad-inputs/upstream-response.json' with { type: 'json' }
import { answerJson, startGateway, type TestGateway, type Told, whenStill } from './gateway.testing.ts'

type Input = (typeof inputs)[number]

// UPR-021 and UPR-022 are discovery's, UPR-024 the web app's, UPR-027 nobody's yet who talks to a model; UPR-029 is proven in
// packages/egress/src/tls.test.ts, and UPR-015 in open-streams.test.ts.

const posts = 'wp-json/wp/v2/posts'

async function visit(answer: RequestListener): Promise<{ gateway: TestGateway; told: Told }> {
	const gateway = await startGateway()
	gateway.site.answer = answer
	return { gateway, told: await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) }) }
}

function answerAs({ input }: Input, siteOrigin: string): RequestListener {
	const given = input as { status?: number; headers?: Record<string, string>; body?: unknown }
	return (_request, response) => {
		const headers = Object.entries(given.headers ?? {}).map(([name, value]) => [
			name,
			value.replace('https://blog.example', siteOrigin),
		])
		const body = typeof given.body === 'object' ? JSON.stringify(given.body) : (given.body ?? '{}')
		response.writeHead(given.status ?? 200, {
			'content-type': 'application/json',
			...(Object.fromEntries(headers) as Record<string, string>), // pairs of texts
		})
		response.end(body)
	}
}

const find = (id: string): Input => {
	const found = inputs.find((one) => one.id === id)
	if (found === undefined) throw new Error(id)
	return found
}

async function tell(id: string) {
	const gateway = await startGateway()
	gateway.site.answer = answerAs(find(id), gateway.site.origin)
	const told = await gateway.ask({ path: posts, as: await gateway.grant(['posts:read']) })
	return { ...gateway, told }
}

/** Puts a server that speaks bytes in the place of the site. */
async function startRawSite(speak: (socket: Socket) => void): Promise<TestGateway> {
	const server = createRawServer((socket) => {
		socket.on('error', () => undefined).once('data', () => speak(socket))
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	onTestFinished(() => void server.close())
	const { port } = server.address() as AddressInfo // a TCP server has one once it listens
	const environ = { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${port}` }
	return startGateway({ environ, siteOrigin: `http://127.0.0.1:${port}` })
}

async function askRaw(speak: (socket: Socket) => void) {
	const gateway = await startRawSite(speak)
	const as = await gateway.grant(['posts:read'])
	const told = await gateway.ask({ path: posts, as }).catch((error: unknown) => ({ broken: error }))
	return { ...gateway, told }
}

describe('T46 T48 what a site answers', () => {
	it('knows every input of the corpus', () => {
		const here = readFileSync(import.meta.filename, 'utf8')
		expect(inputs.map(({ id }) => id).filter((id) => !here.includes(id))).toEqual([])
	})

	it('UPR-001 T11 follows no redirect and tells of none, except within the API', async () => {
		const { told, site } = await tell('UPR-001')
		expect(told).toMatchObject({ status: 502, json: { data: { problem: 'redirect/refused' } } })
		expect(told.headers).not.toHaveProperty('location')
		expect(site.seen).toHaveLength(1)
		const within = await visit((_request, response) => {
			response.writeHead(301, { location: '/wp-json/wp/v2/posts/7?x=1' }).end()
		})
		expect(within.told.status).toBe(301)
		expect(within.told.headers.location).toBe(`${within.gateway.url}wp-json/wp/v2/posts/7?x=1`)
	})

	it('UPR-005 UPR-008 UPR-009 keeps every header that acts in our origin', async () => {
		for (const id of ['UPR-005', 'UPR-008', 'UPR-009']) {
			const { told } = await tell(id)
			expect(told.status).toBe(200)
			const { headers } = told
			for (const name of ['set-cookie', 'refresh', 'clear-site-data', 'access-control-allow-credentials'])
				expect(headers).not.toHaveProperty(name)
			expect(headers).not.toHaveProperty('access-control-allow-origin')
			expect(headers).toMatchObject({
				'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
				'x-content-type-options': 'nosniff',
				'cross-origin-resource-policy': 'same-origin',
			})
		}
	})

	it('T46 makes a page that a site answers with a file', async () => {
		const { told } = await visit((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>')
		})
		expect(told.headers).toMatchObject({ 'content-type': 'text/html', 'content-disposition': 'attachment' })
		expect(told.headers['content-security-policy']).toContain('sandbox')
	})

	it('T49 lets no cache keep what one password may see', async () => {
		const { told } = await visit((_request, response) =>
			answerJson(response, [], { 'cache-control': 'public, max-age=600' }),
		)
		expect(told.headers['cache-control']).toBe('private, no-store')
		expect(told.headers.vary).toBe('Authorization, Cookie, Origin')
	})

	it('T49 shows nobody what another may see, behind a cache that keeps whatever it may', async () => {
		const gateway = await startGateway()
		const cached = askThroughCache(gateway)
		const bold = (told: Told) => ({ ...told.headers, 'cache-control': 'public, max-age=60', vary: 'Accept' })
		gateway.site.answer = (_request, response) => answerJson(response, [], { 'cache-control': 'public, max-age=60' })
		const [first, second] = [await gateway.grant(['posts:read']), await gateway.grant(['posts:read'])]
		for (const as of [first, second, undefined]) await cached({ path: posts, as })
		expect(gateway.site.seen).toHaveLength(2)
		expect((await cached({ path: posts })).status).toBe(401)
		// The cache does keep what says that it may be kept.
		const careless = askThroughCache(gateway, bold)
		for (const as of [first, undefined]) expect((await careless({ path: posts, as })).status).toBe(200)
		expect(gateway.site.seen).toHaveLength(3)
	})

	it('UPR-010 T13 points every link back through the gateway, and drops those that lead elsewhere', async () => {
		const { told, url } = await tell('UPR-010')
		expect(told.headers.link).toBe(`<${url}wp-json/wp/v2/posts?page=2>; rel="next"`)
	})

	it.each([
		['gzip', gzipSync],
		['br', brotliCompressSync],
		['deflate', deflateSync],
	])('UPR-012 T13 unpacks JSON that came as %s all the same: its links lead back', async (coding, pack) => {
		const { site, grant, ask, url } = await startGateway()
		const many = 'x'.repeat(500_000)
		site.answer = ({ url: asked = '' }, response) => {
			const body = {
				href: `${site.origin}/wp-json/wp/v2/posts/7`,
				home: site.origin,
				many: asked === '/wp-json/' ? '' : many,
			}
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding })
			response.end(pack(JSON.stringify(body)))
		}
		const as = await grant(['posts:read', 'site:read'])
		const told = await ask({ path: posts, as })
		expect(told).toMatchObject({ status: 200, json: { href: `${url}wp-json/wp/v2/posts/7`, many } })
		expect(told.headers).not.toHaveProperty('content-encoding')
		const index = await ask({ path: 'wp-json/', as })
		expect(index).toMatchObject({ status: 200, json: { home: url.slice(0, -1) } })
		const head = await ask({ method: 'HEAD', path: posts, as })
		expect([head.status, head.text]).toEqual([200, ''])
	})

	it('UPR-012 cuts a bomb, and what is broken', async () => {
		const { site, grant, ask, record } = await startGateway()
		const as = await grant(['posts:read'])
		const answerWith = (body: Buffer) => {
			site.answer = (_request, response) =>
				response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body)
		}
		answerWith(gzipSync(Buffer.alloc(200_000_000)))
		await expect(ask({ path: posts, as })).rejects.toThrow(/aborted|hang up/)
		await expect.poll(record).toMatchObject([{ end: 'truncated', problem: 'response/too-large' }])
		answerWith(Buffer.from('this is no gzip'))
		expect(await ask({ path: posts, as })).toMatchObject({
			status: 502,
			json: { data: { problem: 'response/malformed' } },
		})
		answerWith(gzipSync('[1,2,3]').subarray(0, -9))
		await expect(ask({ path: posts, as })).rejects.toThrow(/aborted|hang up/)
	})

	it('UPR-012 passes on as it is what is no text, and refuses JSON in two codings', async () => {
		const { site, grant, ask } = await startGateway()
		const as = await grant(['posts:read'])
		site.answer = (_request, response) =>
			response.writeHead(200, { 'content-type': 'image/png', 'content-encoding': 'gzip' }).end('packed')
		expect(await ask({ path: posts, as })).toMatchObject({ text: 'packed', headers: { 'content-encoding': 'gzip' } })
		for (const codings of ['gzip, br', ['gzip', 'br'], 'zstd']) {
			site.answer = (_request, response) =>
				response.setHeader('content-encoding', codings).writeHead(200, { 'content-type': 'application/json' }).end('x')
			expect(await ask({ path: posts, as })).toMatchObject({
				status: 502,
				json: { data: { problem: 'response/encoding-unsupported' } },
			})
		}
	})

	it.each(['text/html; charset=UTF-8', 'text/plain', 'application/xml', ''])(
		'T12 looks for the credential in a packed page, too: %s',
		async (type) => {
			const { site, grant, ask } = await startGateway()
			const as = await grant(['posts:read'])
			const answerWith = (write: (authorization: string) => string) => {
				site.answer = ({ headers: { authorization = '' } }, response) => {
					const body = gzipSync(write(authorization))
					const head = { 'content-encoding': 'gzip', 'content-length': body.length }
					response.writeHead(200, type === '' ? head : { ...head, 'content-type': type }).end(body)
				}
			}
			answerWith((authorization) => `<p>${authorization}</p>`)
			expect(await ask({ path: posts, as })).toMatchObject({
				status: 502,
				json: { data: { problem: 'response/credential-inside' } },
			})
			const page = '<p>Nothing of it</p>'.repeat(100)
			answerWith(() => page)
			const told = await ask({ path: posts, as })
			expect([told.status, told.text, told.headers['content-encoding']]).toEqual([200, page, undefined])
		},
	)

	it('UPR-012 unpacks no faster than its reader takes it', async () => {
		const gateway = await startGateway()
		const packed = gzipSync(randomBytes(25_000_000), { level: 0 })
		let written = 0
		gateway.site.answer = (_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
			const send = () => {
				for (let hasRoom = true; hasRoom && written < packed.length; written += 65_536)
					hasRoom = response.write(packed.subarray(written, written + 65_536))
				if (written >= packed.length) response.end()
			}
			response.on('drain', send)
			send()
		}
		const { authorization } = await gateway.grant(['posts:read'])
		const headers = { host: 'localhost:4600', authorization }
		const path = `/sites/${gateway.slug}/${posts}`
		const asked = httpRequest({ host: '127.0.0.1', port: gateway.server.port, path, headers }).end()
		const [response] = (await once(asked, 'response')) as [IncomingMessage]
		expect(await whenStill(() => written)).toBeLessThan(packed.length)
		let size = 0
		for await (const chunk of response) size += Buffer.from(chunk).length
		expect(size).toBe(25_000_000)
	})

	it('T13 leads back also where the index comes with another status than 200', async () => {
		const { site, grant, ask, url } = await startGateway()
		site.answer = (_request, response) =>
			response
				.writeHead(203, { 'content-type': 'application/json' })
				.end(JSON.stringify({ url: site.origin, authentication: {} }))
		const as = await grant(['site:read'])
		expect((await ask({ path: 'wp-json/', as })).json.url).toBe(url.slice(0, -1))
		site.answer = (_request, response) =>
			response
				.writeHead(400, { 'content-type': 'application/json' })
				.end(JSON.stringify({ href: `${site.origin}/wp-json/wp/v2` }))
		expect((await ask({ path: 'wp-json/', as })).json.href).toBe(`${url}wp-json/wp/v2`)
	})

	it('T47 does not listen for ever to a site that only says that more is to come', async () => {
		const { told } = await askRaw((socket) => {
			const saying = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5)
			socket.on('close', () => clearInterval(saying))
		})
		expect(told).toMatchObject({ status: 502, json: { data: { problem: 'response/malformed' } } })
	})

	it('UPR-013 refuses six codings', async () => {
		const { told } = await tell('UPR-013')
		expect(told).toMatchObject({ status: 502, json: { data: { problem: 'response/encoding-unsupported' } } })
	})

	it('UPR-014 cuts an answer that does not end, at its limit', async () => {
		const { told, record } = await askRaw((socket) => {
			const chunk = `100000\r\n${' '.repeat(1_048_576)}\r\n`
			const send = () => {
				while (!socket.destroyed && socket.write(chunk));
			}
			socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n')
			socket.on('drain', send)
			send()
		})
		expect(told).toHaveProperty('broken')
		await expect.poll(record).toMatchObject([{ end: 'truncated', problem: 'response/too-large' }])
	})

	it('UPR-016 never ends as if it were whole what broke off', async () => {
		const { told, record } = await askRaw((socket) =>
			socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\nabc'),
		)
		expect(told).toHaveProperty('broken')
		await expect.poll(record).toMatchObject([{ end: 'truncated', problem: 'response/malformed' }])
	})

	it.each([
		['UPR-018', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n'],
		['UPR-019', `HTTP/1.1 200 OK\r\n${`X: ${'a'.repeat(1_000)}\r\n`.repeat(100)}\r\n`],
		['no HTTP at all', 'hello\r\n\r\n'],
	])('%s refuses a header that breaks HTTP', async (_id, bytes) => {
		const { told } = await askRaw((socket) => socket.end(bytes))
		expect(told).toMatchObject({ status: 502, json: { data: { problem: 'response/malformed' } } })
	})

	it.each([
		['a chunk that is none', 'Transfer-Encoding: chunked\r\n\r\nZZZ\r\n', 'hello\r\n'],
		['an end too early', 'Content-Length: 100\r\n\r\nabc', undefined],
	])('UPR-016 outlives %s in the same packet as the header, over XML-RPC too', async (_what, bytes, more) => {
		const gateway = await startRawSite((socket) => {
			socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n${bytes}${more ?? ''}`)
			if (more === undefined) socket.end()
		})
		for (let times = 0; times < 3; times += 1) {
			expect((await callXmlRpc(gateway)).text).toContain('(response/malformed)')
		}
	})

	it('T47 does not listen for ever to a site that only says that more is to come, over XML-RPC too', async () => {
		const gateway = await startRawSite((socket) => {
			const saying = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5)
			socket.on('close', () => clearInterval(saying))
		})
		expect((await callXmlRpc(gateway)).text).toContain('(response/malformed)')
	})

	it('UPR-026 reads no JSON that only passes through, however deep it is', async () => {
		const { told } = await visit((_request, response) => {
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
		})
		expect(told).toMatchObject({ status: 200 })
		expect(told.text).toHaveLength(200_000)
	})

	it('#240 tells a site’s 401 as 502, counts it, and after three sends the credential no more', async () => {
		const gateway = await startGateway()
		const { site, grant, ask, server, workspaceId, connectorId } = gateway
		site.answer = (_request, response) => {
			response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"incorrect_password"}')
		}
		const as = await grant(['posts:read'])
		for (const problem of ['site-credential/rejected', 'site-credential/rejected', 'site-credential/rejected']) {
			const told = await ask({ path: posts, as })
			expect(told).toMatchObject({ status: 502, json: { data: { problem } } })
		}
		const told = await ask({ path: posts, as })
		expect(told).toMatchObject({ status: 502, json: { data: { problem: 'site-credential/resting' } } })
		expect(site.seen).toHaveLength(3)
		const connector = await server.store.connectors.find(workspaceId, connectorId)
		expect(connector).toMatchObject({ state: 'needs-attention', diagnosis: { code: 'site-credential/rejected' } })
	})

	it('takes a plugin’s 401 for nothing but an answer that nobody may have', async () => {
		const { site, grant, ask } = await startGateway()
		site.answer = (_request, response) => void response.writeHead(401).end()
		const as = await grant(['ns:wc/v3:read'])
		for (let times = 0; times < 4; times += 1) {
			const told = await ask({ path: 'wp-json/wc/v3/orders', as })
			expect(told).toMatchObject({ status: 502, json: { data: { problem: 'site-credential/rejected' } } })
		}
		expect(site.seen).toHaveLength(4)
	})

	it('forgets refused logins when the site takes the credential again', async () => {
		const { site, grant, ask, server, workspaceId, connectorId } = await startGateway()
		const as = await grant(['posts:read'])
		site.answer = (_request, response) => void response.writeHead(401).end()
		await ask({ path: posts, as })
		site.answer = (_request, response) => answerJson(response, [])
		expect((await ask({ path: posts, as })).status).toBe(200)
		const connector = await server.store.connectors.find(workspaceId, connectorId)
		expect(connector).toMatchObject({ state: 'healthy', diagnosis: null })
	})
})

/** A shared cache (RFC 9111 §3, §4.1): keeps what says nothing against it, and gives it to whoever asks in the same way. */
function askThroughCache({ ask }: TestGateway, headersOf: (told: Told) => Told['headers'] = ({ headers }) => headers) {
	type Asked = Parameters<TestGateway['ask']>[0]
	const kept = new Map<string, readonly { asked: Asked; told: Told; vary: readonly string[] }[]>()
	const fieldOf = ({ as, headers = {} }: Asked, name: string) =>
		name === 'authorization' ? as?.authorization : headers[name]
	return async (asked: Asked): Promise<Told> => {
		const answers = kept.get(asked.path) ?? []
		const found = answers.find(({ asked: before, vary }) =>
			vary.every((name) => fieldOf(before, name) === fieldOf(asked, name)),
		)
		if (found !== undefined) return found.told
		const told = await ask(asked)
		const headers = headersOf(told)
		const isKept = !/no-store|private/.test(headers['cache-control'] ?? '')
		const vary = (headers.vary ?? '').toLowerCase().split(/,\s*/)
		if (isKept) kept.set(asked.path, [...answers, { asked, told, vary }])
		return told
	}
}

/** Asks for the options of the site over XML-RPC. */
async function callXmlRpc({ grant, ask }: TestGateway): Promise<Told> {
	const { authorization } = await grant(['site:everything'])
	const pair = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':')
	const params = ['1', ...pair].map((text) => `<param><value><string>${text}</string></value></param>`).join('')
	const call = `<methodCall><methodName>wp.getOptions</methodName><params>${params}</params></methodCall>`
	const headers = { 'content-type': 'text/xml' }
	return ask({ method: 'POST', path: 'xmlrpc.php', headers, body: `<?xml version="1.0"?>${call}` })
}
