import { createServer } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import type { SiteRequest } from '@postern/vocabulary'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseAllowRules } from './allow-rules.ts'
import type { EgressOptions } from './create-egress.ts'
import { listen, makeEgress } from './testing/servers.ts'

const allowing = (text: string): EgressOptions['allow'] => {
	const rules = parseAllowRules(text)
	return rules.ok ? rules.value : []
}
const problem = (code: string, params: object) => ({ ok: false, problem: { code, params } })
const get = (url: string, more: Partial<SiteRequest> = {}): SiteRequest => ({
	url: new URL(url),
	method: 'GET',
	timeoutMs: 20_000,
	maxBytes: 1_000,
	...more,
})
const rejecting = (code: string) => async () => {
	throw Object.assign(new Error(`getaddrinfo ${code}`), { code })
}

afterEach(() => void vi.unstubAllEnvs())

describe('a site that cannot be reached', () => {
	it.each(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'])('has no name: %s', async (code) => {
		const egress = makeEgress({ resolve: rejecting(code) })
		expect(await egress.ask(get('https://nowhere.example/'))).toMatchObject(
			problem('network/unknown-host', { host: 'nowhere.example' }),
		)
	})

	it('has a name without an address', async () => {
		const egress = makeEgress({ resolve: async () => [] })
		expect(await egress.ask(get('https://empty.example/'))).toMatchObject(
			problem('network/unknown-host', { host: 'empty.example' }),
		)
	})

	it('has a resolver that never answers: the deadline covers it', async () => {
		const egress = makeEgress({ resolve: () => new Promise(() => undefined) })
		const startedAt = performance.now()
		const answer = await egress.ask(get('https://slow.example/', { timeoutMs: 200 }))
		expect(answer).toEqual(problem('network/timeout', { host: 'slow.example', seconds: 1 }))
		expect(performance.now() - startedAt).toBeLessThan(2_000)
	})

	it('refuses', async () => {
		const closed = createTcpServer()
		await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
		const address = closed.address()
		const port = typeof address === 'object' && address !== null ? address.port : 0
		await new Promise((resolve) => closed.close(resolve))
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port} localhost:${port}`) })
		expect(await egress.ask(get(`http://127.0.0.1:${port}/`))).toMatchObject(
			problem('network/refused', { host: '127.0.0.1', port }),
		)
		expect(await egress.ask(get(`http://localhost:${port}/`))).toMatchObject(
			problem('network/refused', { host: 'localhost', port }),
		)
	})

	it.each([
		['closes', (socket: Socket) => socket.end()],
		['resets', (socket: Socket) => socket.resetAndDestroy()],
		['closes after our request', (socket: Socket) => socket.once('data', () => socket.end())],
		['resets after our request', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy())],
	])('%s', async (_, behave) => {
		const port = await listen(createTcpServer((socket) => void behave(socket)))
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port}`) })
		expect(await egress.ask(get(`http://127.0.0.1:${port}/`))).toMatchObject(
			problem('network/closed', { host: '127.0.0.1' }),
		)
	})
})

describe('a name with several addresses', () => {
	it('is reached at the one that answers', async () => {
		const port = await listen(createServer((_, response) => response.end()))
		// Nobody listens on the first; the name is known to our resolver only.
		const resolve = async () => ['::1', '127.0.0.1'].map((address) => ({ address, family: address === '::1' ? 6 : 4 }))
		const egress = makeEgress({ resolve, allow: allowing(`several.test:${port}`) })
		expect(await egress.ask(get(`http://several.test:${port}/`))).toMatchObject({ ok: true })
	})
})

describe('connections', () => {
	it('are used again, and closed at the end', async () => {
		let [opened, open] = [0, 0]
		const server = createServer((_, response) => response.end()).on('connection', (socket: Socket) => {
			opened += 1
			open += 1
			socket.on('close', () => (open -= 1))
		})
		const port = await listen(server)
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port}`) })
		for (let n = 0; n < 5; n += 1) expect((await egress.ask(get(`http://127.0.0.1:${port}/`))).ok).toBe(true)
		expect(opened).toBe(1)
		await egress.close()
		await expect.poll(() => open).toBe(0)
	})

	it('to one origin are eight at the most', async () => {
		let [open, most] = [0, 0]
		const server = createServer((_, response) => void setTimeout(() => response.end(), 30))
		server.on('connection', (socket: Socket) => {
			most = Math.max(most, (open += 1))
			socket.on('close', () => (open -= 1))
		})
		const port = await listen(server)
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port}`) })
		const answers = await Promise.all(Array.from({ length: 40 }, () => egress.ask(get(`http://127.0.0.1:${port}/`))))
		expect(answers.every((answer) => answer.ok)).toBe(true)
		expect(most).toBeLessThanOrEqual(8)
	})

	it('never go through a proxy that the environment names', async () => {
		let hits = 0
		const proxyPort = await listen(createTcpServer(() => (hits += 1)))
		for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']) {
			vi.stubEnv(name, `http://127.0.0.1:${proxyPort}`)
		}
		vi.stubEnv('NODE_USE_ENV_PROXY', '1')
		const port = await listen(createServer((_, response) => response.end()))
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port}`) })
		expect(await egress.ask(get(`http://127.0.0.1:${port}/`))).toMatchObject({ ok: true })
		expect(hits).toBe(0)
	})
})

describe('a caller', () => {
	it('may give up, and the connection is closed', async () => {
		let open = 0
		const port = await listen(
			createTcpServer((socket) => {
				open += 1
				socket.on('close', () => (open -= 1)).resume()
			}),
		)
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port}`) })
		const leaving = new AbortController()
		const asked = egress.ask(get(`http://127.0.0.1:${port}/`, { signal: leaving.signal }))
		await expect.poll(() => open).toBe(1)
		leaving.abort()
		expect(await asked).toMatchObject(problem('network/closed', { host: '127.0.0.1' }))
		await expect.poll(() => open).toBe(0)
	})

	it('may give up before the start: nothing is sent', async () => {
		let hits = 0
		const port = await listen(createTcpServer(() => (hits += 1)))
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port}`) })
		const answer = await egress.ask(get(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort() }))
		expect(answer.ok).toBe(false)
		expect(hits).toBe(0)
	})

	it('may bring a deadline of its own', async () => {
		const port = await listen(createTcpServer((socket) => void socket.resume()))
		const egress = makeEgress({ allow: allowing(`127.0.0.1:${port}`) })
		const answer = await egress.ask(get(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(100) }))
		expect(answer).toMatchObject({ ok: false, problem: { code: 'network/timeout' } })
	})

	it.each(['Host', 'content-length', 'Transfer-Encoding', 'connection'])(
		'may not write the header %s',
		async (name) => {
			const egress = makeEgress({ allow: allowing('127.0.0.1') })
			await expect(egress.ask(get('http://127.0.0.1/', { headers: { [name]: 'x' } }))).rejects.toThrow(TypeError)
		},
	)
})
