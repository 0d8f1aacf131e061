import { once } from 'node:events'
import { request as ask, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import type { Answer, WireRequest } from '@postern/app-passwords'
import { fail } from '@postern/vocabulary'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readConfiguration } from '../configuration.ts'
import { StoreTrouble } from '../store/store-trouble.ts'
import { listen } from './listen.ts'
import { createProvider } from './provider.ts'
import type { HttpEnvironment } from './request-context.ts'

const json = { 'Content-Type': 'application/json; charset=UTF-8' }
const said = (body: unknown, headers: Record<string, string> = {}) => ({
	status: 200,
	headers: { ...json, ...headers },
	body: JSON.stringify(body),
})

type Asked = {
	method?: string
	path?: string
	headers?: Record<string, string | string[]>
	body?: string
	/** The body stalls after what is given of it. */
	isEndless?: boolean
	signal?: AbortSignal
}
type Told = { status: number; headers: IncomingHttpHeaders; body: string }

/** A real listener with `answer` in front of a web app; its proxy is 127.0.0.1. */
async function start(
	answer: Answer,
	whenWeb: () => void = () => undefined,
): Promise<{ tell: (asked?: Asked) => Promise<Told>; port: number; logged: string[] }> {
	const logged: string[] = []
	const settings = { POSTERN_ORIGIN: 'https://postern.example', POSTERN_PROXIES: '127.0.0.1' }
	const read = readConfiguration(settings, '/')
	if (!read.ok) throw new Error(read.problem.code)
	const configuration = { ...read.value, port: 0 }
	const logger = pino({ level: 'info' }, { write: (line) => logged.push(line) })
	const web = new Hono<HttpEnvironment>().all('*', (request) => {
		whenWeb()
		const body = request.req.raw.arrayBuffer()
		return body.then(
			() => request.text('the web app'),
			() => request.text('nobody hears this'),
		)
	})
	const listening = await listen(web, configuration, { first: createProvider({ answer, configuration, logger }) })
	if (!listening.ok) throw new Error(listening.problem.code)
	onTestFinished(() => listening.value.close())
	const { port } = listening.value
	return { logged, port, tell: (asked = {}) => askPort(port, asked) }
}

function askPort(
	port: number,
	{ method = 'GET', path = '/wp-json/', headers = {}, body, isEndless = false, signal }: Asked,
): Promise<Told> {
	return new Promise((resolve, reject) => {
		const options = { port, method, path, signal, headers: { host: 'postern.example', ...headers } }
		const request = ask(options, (response) => {
			let text = ''
			response.setEncoding('utf8').on('data', (part: string) => (text += part))
			response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
		})
		request.on('error', reject)
		if (isEndless) request.write(body)
		else request.end(body)
	})
}

test('takes only what WordPress would be asked for, and leaves the rest untouched', async () => {
	const { tell } = await start(({ target }) => (target.startsWith('/wp-json') ? said({ target }) : undefined))
	expect((await tell({ path: '/wp-json/wp/v2?x=1' })).body).toBe('{"target":"/wp-json/wp/v2?x=1"}')
	expect((await tell({ path: '/wp-else' })).body).toBe('the web app')
	expect((await tell({ path: '/connectors' })).body).toBe('the web app')
})

test('tells who calls, and whether by TLS, as the trusted proxy says', async () => {
	const { tell } = await start(({ ip, isTls, requestId }) => said({ ip, isTls, hasId: requestId !== null }))
	const through = { 'x-forwarded-for': '198.51.100.7, 203.0.113.9', 'x-forwarded-proto': 'https' }
	expect(JSON.parse((await tell({ headers: through })).body)).toEqual({ ip: '203.0.113.9', isTls: true, hasId: true })
	expect(JSON.parse((await tell()).body)).toEqual({ ip: '127.0.0.1', isTls: false, hasId: true })
})

test('answers on its own host only, in WordPress’ shape', async () => {
	const { tell } = await start(() => said('reached'))
	const told = await tell({ headers: { host: 'evil.example' } })
	expect(told.status).toBe(421)
	expect(JSON.parse(told.body)).toMatchObject({
		code: 'postern_request_origin_unknown',
		data: { status: 421, problem: 'request/origin-unknown' },
	})
})

test('refuses to choose between two Authorization headers', async () => {
	const { tell } = await start(() => said('reached'))
	const told = await tell({ headers: { authorization: ['Basic YTpi', 'Basic YzpkCg=='] } })
	expect(told.status).toBe(400)
	expect(JSON.parse(told.body)).toMatchObject({ code: 'postern_request_malformed', data: { status: 400 } })
})

test('lets no other site write to the pages that believe cookies', async () => {
	const { tell } = await start(() => said('reached'))
	const foreign = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }
	expect((await tell({ ...foreign, path: '/wp-admin/authorize-application.php' })).status).toBe(403)
	const silent = { method: 'POST', path: '/wp-admin/authorize-application.php' }
	expect((await tell({ ...silent, headers: { origin: 'https://evil.example' } })).status).toBe(403)
	expect((await tell({ ...silent, headers: { origin: 'null', 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
	expect((await tell({ ...silent, headers: { origin: 'null' } })).body).toBe('"reached"')
	expect((await tell({ ...foreign, path: '/wp-login.php' })).status).toBe(403)
	// Cookies are not looked at there, so there is nothing to forge.
	expect((await tell({ ...foreign, path: '/wp-json/' })).status).toBe(200)
})

test('sends inert headers with every answer, and its own where it has them', async () => {
	const { tell } = await start(() =>
		said(1, { 'Content-Security-Policy': "default-src 'self'", 'Cache-Control': 'private' }),
	)
	const { headers } = await tell()
	expect(headers).toMatchObject({
		'content-security-policy': "default-src 'self'",
		'cache-control': 'private',
		'x-content-type-options': 'nosniff',
		'strict-transport-security': 'max-age=31536000',
	})
	expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
})

test('says how long a body would be to HEAD, and sends none', async () => {
	const { tell } = await start(() => said('12345'))
	const told = await tell({ method: 'HEAD' })
	expect(told).toMatchObject({ status: 200, body: '' })
	expect(told.headers['content-length']).toBe('7')
})

test('keeps connections, unless a body was left unread', async () => {
	const { tell } = await start(() => said('done'))
	expect((await tell()).headers.connection).not.toBe('close')
	expect((await tell({ method: 'POST', body: 'x'.repeat(100_000) })).headers.connection).toBe('close')
})

test('tells also somebody who never stops sending what was wrong, and then hangs up', async () => {
	const { tell } = await start(async ({ body }: WireRequest) => said((await body(10))?.length ?? 'too long'))
	const sent = { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(10_000_000) }
	const told = await tell({ ...sent, isEndless: true })
	expect(told).toMatchObject({ body: '"too long"', headers: { connection: 'close' } })
})

test('reads a body up to its limit, and no further', async () => {
	const { tell } = await start(async ({ body }: WireRequest) => said((await body(10))?.length ?? 'too long'))
	expect((await tell({ method: 'POST', body: '1234567890' })).body).toBe('10')
	expect((await tell({ method: 'POST', body: '12345678901' })).body).toBe('"too long"')
})

test('lets a caller send the body who waits to be told so, once', async () => {
	const { port } = await start(async ({ body }: WireRequest) => said((await body(10))?.length ?? 'too long'))
	for (const [path, told] of [
		['/wp-json/', '4'],
		['/elsewhere', 'the web app'],
	]) {
		const headers = { host: 'postern.example', expect: '100-continue', 'content-length': '4' }
		const asked = ask({ port, method: 'POST', path, headers })
		let isToldToGoOn = 0
		asked.on('continue', () => (isToldToGoOn += 1)).flushHeaders()
		await once(asked, 'continue')
		asked.end('body')
		const [response] = (await once(asked, 'response')) as [IncomingMessage]
		expect([await textOf(response), isToldToGoOn]).toEqual([told, 1])
	}
})

test.each(['/xmlrpc.php', '/elsewhere'])('waits a minute for a body, and no longer: %s', async (path) => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
	onTestFinished(() => void vi.useRealTimers())
	const begun = Promise.withResolvers<void>()
	const { tell } = await start(async ({ body }: WireRequest) => {
		begun.resolve()
		return said((await body(100)) ?? 'no body')
	}, begun.resolve)
	const headers = { 'content-length': '50' }
	let isOver = false
	const told = tell({ method: 'POST', path, headers, body: 'x', isEndless: true }).finally(() => (isOver = true))
	told.catch(() => undefined)
	await begun.promise
	await vi.advanceTimersByTimeAsync(59_000)
	expect(isOver).toBe(false)
	await vi.advanceTimersByTimeAsync(1_000)
	await expect(told).rejects.toThrow()
})

test('a caller who leaves in the middle of a body is no bug of ours', async () => {
	const begun = Promise.withResolvers<void>()
	const { tell, logged } = await start(async ({ body }: WireRequest) => {
		begun.resolve()
		return said((await body(100)) ?? 'no body')
	})
	const leaving = new AbortController()
	const asked = { method: 'POST', path: '/xmlrpc.php', headers: { 'content-length': '50' }, body: 'x', isEndless: true }
	const told = tell({ ...asked, signal: leaving.signal })
	await begun.promise
	leaving.abort()
	await expect(told).rejects.toThrow()
	await expect.poll(() => logged).toHaveLength(1)
	expect(logged.join('')).not.toContain('internal/bug')
})

test('does not wait for a body that announces itself as too long', async () => {
	const { tell } = await start(async ({ body }: WireRequest) => said((await body(10)) ?? 'too long'))
	const told = await tell({ method: 'POST', headers: { 'content-length': '11' }, body: 'x', isEndless: true })
	expect(told.body).toBe('"too long"')
	expect(told.headers.connection).toBe('close')
})

test('says when the store cannot work, and keeps its cause in the log', async () => {
	const { tell, logged } = await start(() => {
		throw new StoreTrouble(fail('store/unavailable', { cause: 'the disk is gone' }).problem)
	})
	const told = await tell()
	expect(told.status).toBe(503)
	expect(told.headers['retry-after']).toBe('30')
	expect(told.body).not.toContain('disk')
	expect(logged.join('')).toContain('the disk is gone')
})

test('a bug is ours to mend: 500, whether it was thrown at once or later', async () => {
	const { tell } = await start(({ target }) => {
		if (target === '/wp-json/') throw new TypeError('at once')
		return Promise.reject(new TypeError('later'))
	})
	for (const path of ['/wp-json/', '/wp-json/later']) {
		const told = await tell({ path })
		expect(told.status).toBe(500)
		expect(JSON.parse(told.body)).toMatchObject({ data: { problem: 'internal/bug' } })
	}
})

test('ends the connection when an answer cannot be written to its end', async () => {
	const { tell, logged } = await start(() => said(1, { 'X-Broken': 'a\nb' }))
	expect((await tell()).status).toBe(500)
	expect(logged.join('')).toContain('internal/bug')
})

test('logs no query: it may hold what somebody pasted', async () => {
	const { tell, logged } = await start(() => said('x'))
	await tell({ path: '/wp-json/?secret=1' })
	expect(logged.join('')).toContain('"path":"/wp-json/"')
	expect(logged.join('')).not.toContain('secret')
})
