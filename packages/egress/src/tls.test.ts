import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { createServer as createTcpServer, type Server } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseAllowRules } from './allow-rules.ts'
import { certificates, testAuthority } from './testing/certificates.ts'
import { listen, makeEgress } from './testing/servers.ts'

const answering = (options: ServerOptions): Server => createHttpsServer(options, (_, response) => response.end('hello'))

/** Asks a server on this machine under a name, trusting the tests' authority. */
async function ask(server: Server, { host = 'blog.example', ca = testAuthority, timeoutMs = 20_000 } = {}) {
	const port = await listen(server)
	const rules = parseAllowRules(`127.0.0.1:${port}`)
	const egress = makeEgress({
		allow: rules.ok ? rules.value : [],
		resolve: async () => [{ address: '127.0.0.1', family: 4 }],
		...(ca !== '' && { ca }),
	})
	const url = new URL(`https://${host}:${port}/`)
	return { port, answer: await egress.ask({ url, method: 'GET', timeoutMs, maxBytes: 1_000 }) }
}

const problem = (code: string, params: object = { host: 'blog.example' }) => ({ ok: false, problem: { code, params } })

afterEach(() => void vi.unstubAllEnvs())

describe('a certificate', () => {
	it('that is right lets the answer through, by name and by address', async () => {
		expect((await ask(answering(certificates.good))).answer).toMatchObject({ ok: true, value: { status: 200 } })
		expect((await ask(answering(certificates.good), { host: '127.0.0.1' })).answer).toMatchObject({ ok: true })
		expect((await ask(answering(certificates.good), { host: 'blog.example.' })).answer).toMatchObject({ ok: true })
	})

	it('that signs itself is named', async () => {
		expect((await ask(answering(certificates.selfSigned))).answer).toMatchObject(problem('tls/self-signed'))
	})

	it('of an authority nobody trusts is named', async () => {
		expect((await ask(answering(certificates.unknownAuthority))).answer).toMatchObject(problem('tls/self-signed'))
	})

	it('of our test authority is not trusted by anybody else', async () => {
		expect((await ask(answering(certificates.good), { ca: '' })).answer.ok).toBe(false)
	})

	it('that has expired is named with its date', async () => {
		const expected = problem('tls/expired', { host: 'blog.example', expiredAt: '2021-01-01T00:00:00.000Z' })
		expect((await ask(answering(certificates.expired))).answer).toMatchObject(expected)
	})

	it('made out to another name is named', async () => {
		expect((await ask(answering(certificates.wrongName))).answer).toMatchObject(problem('tls/wrong-name'))
		const elsewhere = await ask(answering(certificates.good), { host: 'elsewhere.example' })
		expect(elsewhere.answer).toMatchObject(problem('tls/wrong-name', { host: 'elsewhere.example' }))
	})

	it('without its intermediate is named', async () => {
		expect((await ask(answering(certificates.incompleteChain))).answer).toMatchObject(problem('tls/incomplete-chain'))
	})

	it('stays refused when the environment says not to look', async () => {
		vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
		expect((await ask(answering(certificates.selfSigned))).answer).toMatchObject(problem('tls/self-signed'))
	})
})

describe('a server', () => {
	it('is asked for by its name, although the connection goes to a checked address', async () => {
		const seen: unknown[] = []
		const server = createHttpsServer(certificates.good, (request, response) => {
			const { socket } = request
			seen.push(socket instanceof TLSSocket ? socket.servername : undefined, request.headers.host)
			response.end()
		})
		const { port, answer } = await ask(server)
		expect(answer.ok).toBe(true)
		expect(seen).toEqual(['blog.example', `blog.example:${port}`])
	})

	it('that speaks plain http on the port is told apart', async () => {
		const { port, answer } = await ask(createHttpServer((_, response) => response.end('plain')))
		expect(answer).toMatchObject(problem('tls/not-https', { host: 'blog.example', port }))
	})

	it('that speaks neither http nor TLS is told apart too', async () => {
		const { port, answer } = await ask(createTcpServer((socket) => socket.write('220 mail.example ESMTP\r\n')))
		expect(answer).toMatchObject(problem('tls/not-https', { host: 'blog.example', port }))
	})

	it('that only knows TLS 1.1 is refused', async () => {
		const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
		expect((await ask(answering({ ...certificates.good, ...old }))).answer).toMatchObject(problem('tls/failed'))
	})

	it('that wants a certificate of ours is refused', async () => {
		const demanding = answering({
			...certificates.good,
			requestCert: true,
			rejectUnauthorized: true,
			maxVersion: 'TLSv1.2',
		})
		expect((await ask(demanding)).answer.ok).toBe(false)
	})

	it('that closes during the handshake is not mistaken for a bad certificate', async () => {
		expect((await ask(createTcpServer((socket) => socket.end()))).answer).toMatchObject(problem('network/closed'))
		expect((await ask(createTcpServer((socket) => socket.resetAndDestroy()))).answer).toMatchObject(
			problem('network/closed'),
		)
	})

	it('that never finishes the handshake ends at the deadline', async () => {
		const { answer } = await ask(createTcpServer(), { timeoutMs: 300 })
		expect(answer).toEqual(problem('network/timeout', { host: 'blog.example', seconds: 1 }))
	})

	it('is never offered HTTP/2', async () => {
		let offered: unknown
		const server = createTlsServer({
			...certificates.good,
			ALPNCallback: ({ protocols }) => void (offered = protocols),
		})
		server.on('secureConnection', (socket) => socket.end()).on('tlsClientError', (_, socket) => socket.destroy())
		await ask(server)
		expect(offered).toEqual(['http/1.1'])
	})
})
