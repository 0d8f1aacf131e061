import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { toNodeListener, type NodeListener, type User } from '../index.ts'
import { hashAsWordPress } from '../hash-secret.ts'
import inputs from '../../../wordpress/src/bad-inputs/basic-header.json' with { type: 'json' }
import { people, startProvider } from './provider.testing.ts'

const servers: Server[] = []
afterEach(() => {
	for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function listen(listener: NodeListener): Promise<number> {
	const server = createServer((incoming, outgoing) => listener(incoming, outgoing)).listen(0, '127.0.0.1')
	servers.push(server)
	await once(server, 'listening')
	return (server.address() as AddressInfo).port
}

type Asked = {
	method?: string
	path: string
	headers?: Record<string, string | string[]>
	body?: string | Buffer
}

/** `fetch` would tidy up what is sent. */
async function ask(port: number, { method = 'GET', path, headers = {}, body }: Asked) {
	const outgoing = request({ port, host: '127.0.0.1', method, path, headers, agent: false })
	outgoing.end(body)
	const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
	let text = ''
	for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk)
	return { status: incoming.statusCode ?? 0, headers: incoming.headers, text }
}

/** Posts without end until the other side has had enough; gives what it said. */
function postWithoutEnd(
	port: number,
	{ path, headers = {} }: Asked,
): Promise<{ answer: string; sentMegabytes: number }> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1')
		const chunk = Buffer.alloc(65_536, 'a')
		let answer = ''
		const send = () => {
			while (!socket.destroyed && socket.write(`10000\r\n${chunk.toString()}\r\n`));
		}
		const lines = Object.entries({ Host: 'x', 'Transfer-Encoding': 'chunked', ...headers })
		socket.write(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
		socket.on('drain', send).on('data', (data) => (answer += String(data)))
		socket.on('error', () => undefined)
		socket.on('close', () => resolve({ answer, sentMegabytes: socket.bytesWritten / 1_048_576 }))
		send()
	})
}

/** Posts a whole body before it reads anything of the answer, as simple clients do. */
async function postThenRead(port: number, path: string, body: Buffer): Promise<string> {
	const socket = connect(port, '127.0.0.1').pause()
	socket.on('error', () => undefined)
	const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n`
	await new Promise((resolve) => socket.write(Buffer.concat([Buffer.from(head), body]), resolve))
	let answer = ''
	socket.on('data', (data) => (answer += String(data))).resume()
	if (!socket.destroyed) await once(socket, 'close')
	return answer
}

const me = '/wp-json/wp/v2/users/me'

/** What many database libraries give: it has a `then`, and is no `Promise` of the language. */
function promiseOfALibrary<T>(promise: Promise<T>): Promise<T> {
	const next = (...steps: Parameters<typeof promise.then>) => promiseOfALibrary(promise.then(...steps))
	// oxlint-disable-next-line unicorn/no-thenable -- that is what it is
	return { then: next } as Promise<T> // without the rest of it
}

describe('a handler on node:http', () => {
	it('waits for the promises of a library, too', async () => {
		const port = await listen(
			toNodeListener({
				answer: ({ target }) =>
					promiseOfALibrary(
						target === '/'
							? Promise.resolve({ status: 200, headers: {}, body: 'Here.' })
							: Promise.reject(new Error('No.')),
					),
			}),
		)
		expect(await ask(port, { path: '/' })).toMatchObject({ status: 200, text: 'Here.' })
		expect(await ask(port, { path: '/else' })).toMatchObject({
			status: 500,
			text: 'The server could not answer this request.',
		})
	})

	it('answers without a framework, and knows the address of the other end', async () => {
		const { handler, issue, appPasswords } = await startProvider({ domain: { environment: 'local' } })
		const { as } = await issue(people.admin)
		const port = await listen(toNodeListener(handler))
		const got = await ask(port, { path: me, headers: { ...as } })
		expect(got.status).toBe(200)
		expect(got.headers['content-length']).toBe(String(Buffer.byteLength(got.text)))
		expect(JSON.parse(got.text)).toMatchObject({ name: 'Ada' })
		expect((await appPasswords.list(people.admin))[0]?.lastIp).toBe('127.0.0.1')
		const head = await ask(port, { method: 'HEAD', path: me, headers: { ...as } })
		expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': got.headers['content-length'] } })
	})

	it('writes bodies of more bytes than letters whole', async () => {
		const { handler, issue } = await startProvider({
			domain: { environment: 'local' },
			people: [{ ...people.admin, displayName: '管理者' }],
		})
		const { as } = await issue({ ...people.admin, displayName: '管理者' })
		const got = await ask(await listen(toNodeListener(handler)), { path: me, headers: { ...as } })
		expect(JSON.parse(got.text)).toMatchObject({ name: '管理者' })
	})

	it('reads bodies up to 256 KiB, and refuses the rest without keeping it', async () => {
		const { handler, issueManaging } = await startProvider({ domain: { environment: 'local' } })
		const { as } = await issueManaging(people.admin)
		const port = await listen(toNodeListener(handler))
		const post = (body: string) =>
			ask(port, {
				method: 'POST',
				path: `${me}/application-passwords`,
				headers: { ...as, 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) },
				body,
			})
		expect((await post('{"name":"One"}')).status).toBe(201)
		expect((await post(`{"name":"${'a'.repeat(300_000)}"}`)).status).toBe(413)
	})

	it('leaves paths of others to next, and answers 404 where there is no next', async () => {
		const { handler } = await startProvider()
		const listener = toNodeListener(handler)
		expect((await ask(await listen(listener), { path: '/hello' })).status).toBe(404)
		const port = await listen((incoming, outgoing) =>
			listener(incoming, outgoing, () => outgoing.writeHead(202).end('theirs')),
		)
		expect(await ask(port, { path: '/hello' })).toMatchObject({ status: 202, text: 'theirs' })
		expect((await ask(port, { path: '/wp-json/' })).status).toBe(200)
	})

	it('tells a bug to next, or as 500 without saying which', async () => {
		const { handler } = await startProvider({
			authorizePage: () => Promise.reject(new Error('the password is hunter2')),
			loginPage: () => {
				throw new Error('the password is hunter2')
			},
		})
		const port = await listen(toNodeListener(handler))
		for (const path of ['/wp-admin/authorize-application.php', '/wp-login.php']) {
			const got = await ask(port, { path })
			expect(got.status).toBe(500)
			expect(got.text).not.toContain('hunter2')
		}
		const told: unknown[] = []
		const listener = toNodeListener(handler)
		const other = await listen((incoming, outgoing) =>
			listener(incoming, outgoing, (error) => {
				told.push(error)
				outgoing.writeHead(500).end()
			}),
		)
		await ask(other, { path: '/wp-login.php' })
		expect(told).toHaveLength(1)
	})

	it('refuses to choose between two Authorization headers, whoever’s the path is', async () => {
		const { handler, issue } = await startProvider({ domain: { environment: 'local' } })
		const [one, other] = [await issue(people.admin), await issue(people.subscriber)]
		const port = await listen((incoming, outgoing) =>
			toNodeListener(handler)(incoming, outgoing, () => outgoing.end('theirs')),
		)
		for (const path of [me, '/hello']) {
			const headers = { Authorization: [one.as.Authorization, other.as.Authorization] }
			const got = await ask(port, { path, headers })
			expect(got.status).toBe(400)
			expect(JSON.parse(got.text)).toMatchObject({ code: 'rest_ambiguous_authorization', data: { status: 400 } })
			expect((await ask(port, { path, headers: { ...one.as } })).status).toBe(200)
		}
	})

	it('closes the connection after a body that is too long, and reads no more of it', async () => {
		const { handler, issueManaging } = await startProvider({ domain: { environment: 'local' } })
		const { as } = await issueManaging(people.admin)
		const port = await listen(toNodeListener(handler))
		const paths = [`${me}/application-passwords`, '/xmlrpc.php']
		for (const path of paths) {
			const { answer, sentMegabytes } = await postWithoutEnd(port, {
				path,
				headers: { ...as, 'Content-Type': 'application/json' },
			})
			expect(answer).toMatch(/^HTTP\/1\.1 413 /)
			expect(answer).toMatch(/\r\nConnection: close\r\n/i)
			expect(sentMegabytes).toBeLessThan(64)
		}
		const small = { method: 'POST', path: paths[0] ?? '', body: '{"name":"x"}' }
		const kept = await ask(port, {
			...small,
			headers: { ...as, 'Content-Type': 'application/json', Connection: 'keep-alive' },
		})
		expect(kept).toMatchObject({ status: 201, headers: { connection: 'keep-alive' } })
	})

	it('lets somebody who sends too much send it, and then read why it was refused', async () => {
		const { handler } = await startProvider()
		const port = await listen(toNodeListener(handler))
		const answer = await postThenRead(port, '/xmlrpc.php', Buffer.alloc(6_000_000, 'a'))
		expect(answer).toMatch(/^HTTP\/1\.1 413 /)
		expect(answer).toContain('</methodResponse>')
	})

	it('answers 500 when what comes next fails, once, and goes on', async () => {
		const { handler } = await startProvider()
		const listener = toNodeListener(handler)
		let asked = 0
		const failing: readonly (() => unknown)[] = [
			() => Promise.reject(new Error('The database is gone.')),
			() => promiseOfALibrary(Promise.reject(new Error('The database is gone.'))),
			() => {
				throw new Error('The database is gone.')
			},
		]
		for (const next of failing) {
			const port = await listen((incoming, outgoing) =>
				listener(incoming, outgoing, () => {
					asked += 1
					return next()
				}),
			)
			const warned = once(process, 'warning')
			expect(await ask(port, { path: '/hello' })).toMatchObject({
				status: 500,
				text: 'The server could not answer this request.',
			})
			expect(String(await warned)).toContain('The database is gone.')
		}
		expect(asked).toBe(3)
	})

	it('names requests in events as the server does', async () => {
		const { handler, issue, storage } = await startProvider({ domain: { environment: 'local' } })
		const { as } = await issue(people.admin)
		const port = await listen(
			toNodeListener(handler, { requestIdOf: ({ headers }) => String(headers['x-request-id']) }),
		)
		await ask(port, { path: me, headers: { ...as, 'X-Request-Id': 'r-7' } })
		expect(storage.events.at(-1)?.occasion.requestId).toBe('r-7')
	})
})

describe('bad Authorization headers over HTTP', () => {
	const secret = 'H5wW1NntpxwXFbGRPkA30sfq'
	const person = (login: string): User => ({ ...people.admin, login, email: 'jane@example.test' })
	const record = {
		uuid: '4c1a46d8-9a5d-4b0a-8c1f-7d8f4e2f8f10',
		appId: '',
		name: 'Imported',
		hash: hashAsWordPress(secret),
		created: new Date(),
		lastUsed: null,
		lastIp: null,
		grants: { scopes: [] },
	}
	const occasion = { by: null, withPassword: null, ip: '127.0.0.1', requestId: null }

	it.each(inputs.map((one) => [one.id, one.label, one] as const))('%s %s', async (_id, label, one) => {
		const owner = person(label.includes('UTF-8') ? 'Łukasz' : 'jane')
		const { handler, appPasswords } = await startProvider({ domain: { environment: 'local' }, people: [owner] })
		await appPasswords.importFromWordPress(owner, [record], occasion)
		const port = await listen(toNodeListener(handler))
		const { gen, input = '' } = one
		const header = gen === undefined ? input : gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix
		const got = await ask(port, { path: me, headers: header === '' ? {} : { Authorization: header } })
		expect(got.status).toBe(one.expect.outcome === 'accept' ? 200 : one.expect.http)
		expect(got.headers).not.toHaveProperty('www-authenticate')
	})

	it('BAS-022 BAS-026 believes no other header', async () => {
		const owner = person('jane')
		const { handler, appPasswords } = await startProvider({ domain: { environment: 'local' }, people: [owner] })
		await appPasswords.importFromWordPress(owner, [record], occasion)
		const port = await listen(toNodeListener(handler))
		const value = `Basic ${btoa(`jane:${secret}`)}`
		for (const headers of [
			{ 'Proxy-Authorization': value },
			{ Cookie: `authorization=${value}` },
			{ 'X-Authorization': value },
		])
			expect((await ask(port, { path: me, headers })).status).toBe(401)
		expect((await ask(port, { path: me, headers: { Authorization: value } })).status).toBe(200)
	})
})
