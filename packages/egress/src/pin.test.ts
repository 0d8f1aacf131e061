import { X509Certificate } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server } from 'node:net'
import { TLSSocket } from 'node:tls'
import { expect, it } from 'vitest'
import { parseAllowRules } from './allow-rules.ts'
import type { Egress } from './create-egress.ts'
import { certificates, type ServerCertificate, testAuthority } from './testing/certificates.ts'
import { listen, makeEgress } from './testing/servers.ts'

const pinOf = ({ cert }: ServerCertificate): string =>
	new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()

type Heard = { readonly path: string | undefined; readonly socket: unknown }

async function start(certificate: ServerCertificate, { ca = '' } = {}) {
	const heard: Heard[] = []
	const server = createHttpsServer(certificate, (request, response) => {
		heard.push({ path: request.url, socket: request.socket })
		response.end('hello')
	})
	return { heard, ...(await reach(server, ca)) }
}

async function reach(server: Server, ca = '', scheme = 'https') {
	const port = await listen(server)
	const rules = parseAllowRules(`127.0.0.1:${port}`)
	const egress = makeEgress({
		allow: rules.ok ? rules.value : [],
		resolve: async () => [{ address: '127.0.0.1', family: 4 }],
		...(ca !== '' && { ca }),
	})
	const origin = `${scheme}://blog.example:${port}`
	const ask = (pin?: string) =>
		egress.ask({
			url: new URL(`${origin}/`),
			method: 'GET',
			timeoutMs: 20_000,
			maxBytes: 1_000,
			...(pin === undefined ? {} : { pin }),
		})
	return { ask, pass: (pin?: string) => passOn(egress, origin, pin) }
}

function passOn(egress: Egress, origin: string, pin: string | undefined): Promise<unknown> {
	return new Promise((resolve) => {
		let status = 0
		const stream = { pool: 'con_1', origin, within: '/', path: '/', method: 'GET', headers: [], body: null }
		egress.dispatch(pin === undefined ? stream : { ...stream, pin }, {
			onRequestStart: () => undefined,
			onResponseStart: (_, code) => (status = code),
			onResponseData: () => undefined,
			onResponseEnd: () => resolve(status),
			onResponseError: (_, error) =>
				resolve(
					egress.problemOf(error, { url: new URL(origin), limit: 0, hasAnswered: false, seconds: 1 })?.problem.code,
				),
		})
	})
}

it.each(['selfSigned', 'unknownAuthority'] as const)(
	'trusts the very certificate that was pinned, where nobody but itself vouches for it: %s',
	async (way) => {
		const { ask, pass } = await start(certificates[way])
		expect(await ask()).toMatchObject({ problem: { code: 'tls/self-signed' } })
		expect(await ask(pinOf(certificates[way]))).toMatchObject({ ok: true, value: { status: 200 } })
		expect(await pass(pinOf(certificates[way]))).toBe(200)
	},
)

it.each([
	['expired', 'tls/expired'],
	['wrongName', 'tls/wrong-name'],
	['incompleteChain', 'tls/incomplete-chain'],
] as const)('T10 makes up for nothing else by a pin: %s is refused as without one', async (way, code) => {
	const { ask, pass, heard } = await start(certificates[way], { ca: testAuthority })
	expect(await ask()).toMatchObject({ problem: { code } })
	const certificate = { sha256: pinOf(certificates[way]) }
	expect(await ask(pinOf(certificates[way]))).toMatchObject({ ok: false, problem: { code, certificate } })
	expect(await pass(pinOf(certificates[way]))).toBe(code)
	expect(heard).toEqual([])
})

it('takes a pinned certificate that an authority vouches for', async () => {
	const { ask } = await start(certificates.good, { ca: testAuthority })
	expect(await ask(pinOf(certificates.good))).toMatchObject({ ok: true })
})

it('trusts no other certificate under a pin, not even one that an authority vouches for, and sends it nothing', async () => {
	const { ask, pass, heard } = await start(certificates.good, { ca: testAuthority })
	const pin = pinOf(certificates.selfSigned)
	expect(await ask(pin)).toMatchObject({
		ok: false,
		problem: {
			code: 'tls/pin-mismatch',
			params: { host: 'blog.example' },
			certificate: { sha256: pinOf(certificates.good) },
		},
	})
	expect(await pass(pin)).toBe('tls/pin-mismatch')
	expect(heard).toEqual([])
})

it('takes a pin for what it is, letter by letter', async () => {
	const { ask, heard } = await start(certificates.selfSigned)
	const pin = pinOf(certificates.selfSigned)
	for (const other of [
		'',
		pin.slice(1),
		`${pin}0`,
		pin.toUpperCase(),
		pin.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
	])
		expect(await ask(other)).toMatchObject({ ok: false, problem: { code: 'tls/pin-mismatch' } })
	expect(heard).toEqual([])
})

it('sends nothing over plain http under a pin', async () => {
	let isHeard = false
	const server = createHttpServer((_, response) => {
		isHeard = true
		response.end()
	})
	const { ask, pass } = await reach(server, '', 'http')
	const pin = pinOf(certificates.good)
	expect(await ask(pin)).toMatchObject({ ok: false, problem: { code: 'tls/pin-mismatch' } })
	expect(await pass(pin)).toBe('tls/pin-mismatch')
	expect(isHeard).toBe(false)
})

it('never lets a request use a connection that was judged by another rule than its own', async () => {
	const { ask, pass, heard } = await start(certificates.selfSigned)
	const pin = pinOf(certificates.selfSigned)
	expect((await ask(pin)).ok).toBe(true)
	expect(await ask()).toMatchObject({ ok: false, problem: { code: 'tls/self-signed' } })
	expect(await ask(pinOf(certificates.good))).toMatchObject({ ok: false, problem: { code: 'tls/pin-mismatch' } })
	expect(await pass(pin)).toBe(200)
	expect(await pass()).toBe('tls/self-signed')
	expect(await pass(pinOf(certificates.good))).toBe('tls/pin-mismatch')
	expect(heard).toHaveLength(2)
	expect(heard.every(({ socket }) => socket instanceof TLSSocket)).toBe(true)
})

it('shows the certificate that was refused, fit to be read by a person', async () => {
	const { ask } = await start(certificates.expired, { ca: testAuthority })
	const answer = await ask()
	expect(answer.ok || answer.problem.certificate).toEqual({
		sha256: pinOf(certificates.expired),
		subject: expect.stringMatching(/^CN=/),
		issuer: expect.stringMatching(/^CN=/),
		validTo: '2021-01-01T00:00:00.000Z',
	})
	const { ask: askPlain } = await reach(createHttpServer())
	const plain = await askPlain()
	expect(plain).toMatchObject({ ok: false, problem: { code: 'tls/not-https' } })
	expect(plain.ok || plain.problem.certificate).toBeUndefined()
})
