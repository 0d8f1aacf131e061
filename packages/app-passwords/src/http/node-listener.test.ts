import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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

type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer }

/** `fetch` would tidy up what is sent. */
async function ask(port: number, { method = 'GET', path, headers = {}, body }: Asked) {
	const outgoing = request({ port, host: '127.0.0.1', method, path, headers, agent: false })
	outgoing.end(body)
	const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
	let text = ''
	for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk)
	return { status: incoming.statusCode ?? 0, headers: incoming.headers, text }
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
		expect(await ask(port, { path: '/else' })).toMatchObject({ status: 500, text: 'Something went wrong.' })
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
