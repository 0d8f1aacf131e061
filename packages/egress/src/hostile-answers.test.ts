import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { inspect } from 'node:util'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { Result, SiteAnswer, SiteRequest } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { parseAllowRules } from './allow-rules.ts'
import { createRawServer, listen, makeEgress } from './testing/servers.ts'

type Asked = { answer: Result<SiteAnswer>; isClosed: () => boolean; tookMs: number }

/** Asks a server that sends exactly these bytes. */
async function askRaw(send: (socket: Socket) => void, request: Partial<SiteRequest> = {}): Promise<Asked> {
	let open = 0
	const server = createRawServer(send).on('connection', (socket: Socket) => {
		open += 1
		socket.on('close', () => (open -= 1))
	})
	const port = await listen(server)
	const rules = parseAllowRules(`127.0.0.1:${port}`)
	const egress = makeEgress({ allow: rules.ok ? rules.value : [] })
	const startedAt = performance.now()
	const url = new URL(`http://127.0.0.1:${port}/`)
	const answer = await egress.ask({ url, method: 'GET', timeoutMs: 30_000, maxBytes: 100_000, ...request })
	return { answer, isClosed: () => open === 0, tookMs: performance.now() - startedAt }
}

const body = (headers: string, content: Uint8Array | string): ((socket: Socket) => void) => {
	const bytes = Buffer.from(content)
	return (socket) => {
		socket.write(`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`)
		socket.write(bytes)
	}
}
const encoded = (coding: string, content: Uint8Array | string) => body(`Content-Encoding: ${coding}\r\n`, content)
const problem = (code: string, params?: object) => ({ ok: false, problem: { code, ...(params && { params }) } })
const textOf = (answer: Result<SiteAnswer>): string =>
	answer.ok ? Buffer.from(answer.value.body).toString() : answer.problem.code

describe('an answer', () => {
	it('arrives whole: status, every header line, body, the address asked and how long it took', async () => {
		const { answer } = await askRaw(body('Link: <a>\r\nLink: <b>\r\nX-Name: caf\xe9\r\n', 'hello'), {
			timeoutMs: 20_000,
		})
		if (!answer.ok) throw new Error(answer.problem.code)
		expect(answer.value.status).toBe(200)
		expect(answer.value.headers.get('link')).toBe('<a>, <b>')
		expect(textOf(answer)).toBe('hello')
		expect(answer.value.url.pathname).toBe('/')
		expect(answer.value.elapsedMs).toBeGreaterThan(0)
	})

	const page = 'Grüße '.repeat(1_000)
	it.each([
		['gzip', gzipSync(page)],
		['x-gzip', gzipSync(page)],
		['GZip', gzipSync(page)],
		['deflate', deflateSync(page)],
		['deflate', deflateRawSync(page)],
		['br', brotliCompressSync(page)],
		['identity', Buffer.from(page)],
		['none', Buffer.from(page)],
		['identity, gzip', gzipSync(page)],
	])('is decoded from %s', async (coding, bytes) => {
		const { answer } = await askRaw(encoded(coding, bytes))
		expect(textOf(answer)).toBe(page)
	})

	it('without a body may name a coding', async () => {
		const { answer } = await askRaw((socket) =>
			socket.write('HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\n\r\n'),
		)
		expect(answer).toMatchObject({ ok: true, value: { status: 304 } })
		const head = await askRaw(
			(socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n'),
			{
				method: 'HEAD',
			},
		)
		expect(head.answer).toMatchObject({ ok: true, value: { status: 200 } })
	})

	it('to GET and POST differ as the caller asked', async () => {
		const seen: string[] = []
		const server = createServer((request, response) => {
			let text = ''
			request
				.on('data', (chunk: Buffer) => (text += chunk.toString()))
				.on('end', () => {
					seen.push(
						`${request.method} ${request.url} ${text} ${request.headers['user-agent']} ${String(request.headers['x-a'])}`,
					)
					response.end()
				})
		})
		const port = await listen(server)
		const rules = parseAllowRules(`127.0.0.1:${port}`)
		const egress = makeEgress({ allow: rules.ok ? rules.value : [] })
		const common = { timeoutMs: 20_000, maxBytes: 100, headers: { 'X-A': '1' } }
		await egress.ask({ ...common, url: new URL(`http://127.0.0.1:${port}/?a=b%20c`), method: 'GET' })
		await egress.ask({ ...common, url: new URL(`http://127.0.0.1:${port}/x`), method: 'POST', body: 'ü' })
		expect(seen).toEqual(['GET /?a=b%20c  Postern test 1', 'POST /x ü Postern test 1'])
	})
})

describe('a redirect', () => {
	it.each([301, 302, 303, 307, 308])('%i is handed back and never followed', async (status) => {
		let hits = 0
		const sinkPort = await listen(createServer((_, response) => void ((hits += 1), response.end())))
		const location = `http://127.0.0.1:${sinkPort}/`
		const { answer } = await askRaw((socket) => {
			socket.write(`HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`)
		})
		expect(answer).toMatchObject({ ok: true, value: { status } })
		if (answer.ok) expect(answer.value.headers.get('location')).toBe(location)
		expect(hits).toBe(0)
	})
})

describe('too much', () => {
	const tooLarge = problem('response/too-large', { host: '127.0.0.1', limit: 100_000 })

	it('of a body is cut off at the limit, which itself is allowed', async () => {
		expect((await askRaw(body('', 'a'.repeat(100_000)))).answer.ok).toBe(true)
		expect((await askRaw(body('', 'a'.repeat(100_001)))).answer).toEqual(tooLarge)
	})

	it('of a body without an end is cut off, and the connection with it', async () => {
		const { answer, isClosed } = await askRaw((socket) => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n')
			const pour = (): void => {
				while (!socket.destroyed && socket.write('x'.repeat(10_000)));
			}
			socket.on('drain', pour)
			pour()
		})
		expect(answer).toEqual(tooLarge)
		await expect.poll(isClosed).toBe(true)
	})

	it('unfolding from a few compressed bytes is cut off while it unfolds', async () => {
		const bomb = gzipSync(Buffer.alloc(50_000_000))
		const before = process.memoryUsage()
		const { answer, tookMs } = await askRaw(encoded('gzip', bomb))
		expect(answer).toEqual(tooLarge)
		expect(tookMs).toBeLessThan(2_000)
		const after = process.memoryUsage()
		expect(after.external + after.arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(20_000_000)
	})

	it('at an absurd ratio is cut off below the limit too, a small repetitive page is not', async () => {
		const large = { maxBytes: 10_000_000 }
		expect((await askRaw(encoded('gzip', gzipSync(Buffer.alloc(1_000_000))), large)).answer).toMatchObject(
			problem('response/too-large'),
		)
		expect((await askRaw(encoded('gzip', gzipSync('a'.repeat(200_000))), large)).answer.ok).toBe(true)
	})

	it('from the wire is cut off even if it decodes to nothing', async () => {
		const emptyBlocks = Buffer.concat([
			gzipSync('').subarray(0, 10),
			Buffer.alloc(500_000, Buffer.from([0, 0, 0, 255, 255])),
		])
		expect((await askRaw(encoded('gzip', emptyBlocks))).answer).toEqual(tooLarge)
	})
})

describe('a content coding', () => {
	it.each(['gzip, gzip, gzip, gzip, gzip, gzip', 'gzip, br', 'zstd', 'compress', 'utf-8'])(
		'%s is not supported',
		async (coding) => {
			const { answer } = await askRaw(encoded(coding, gzipSync('x')))
			expect(answer).toEqual(problem('response/encoding-unsupported', { host: '127.0.0.1' }))
		},
	)

	it.each([
		['gzip', 'plain text'],
		['br', 'plain text, and not brotli at all'],
		['deflate', '\x78\x9cnot zlib'],
		['gzip', gzipSync('half of this is missing').subarray(0, 20)],
	])('%s that is none is malformed', async (coding, bytes) => {
		expect((await askRaw(encoded(coding, bytes))).answer).toMatchObject(
			problem('response/malformed', { host: '127.0.0.1' }),
		)
	})
})

describe('an answer that breaks HTTP is malformed', () => {
	const lines = (...header: string[]): string => ['HTTP/1.1 200 OK', ...header, '', ''].join('\r\n')
	it.each([
		['100 KB of header', lines(`X-A: ${'a'.repeat(100_000)}`, 'Content-Length: 0')],
		[
			'100 KB of header in many lines',
			lines(...Array.from({ length: 5_000 }, (_, n) => `X-${n}: aaaaaaaaaaaa`), 'Content-Length: 0'),
		],
		['300 short header lines', lines(...Array.from({ length: 300 }, (_, n) => `X-${n}: a`), 'Content-Length: 0')],
		['a folded header value', lines('X: a\r\n b', 'Content-Length: 0')],
		['a bare CR in a header value', lines('X: a\rY: b', 'Content-Length: 0')],
		['a NUL in a header value', lines('X: a\0b', 'Content-Length: 0')],
		['a space before the colon', lines('X : a', 'Content-Length: 0')],
		['two lengths that differ', `${lines('Content-Length: 1', 'Content-Length: 2')}ab`],
		['a length and a chunked body', `${lines('Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
		['a length that is no number', lines('Content-Length: many')],
		['a chunk size that is no number', `${lines('Transfer-Encoding: chunked')}xyz\r\n`],
		['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n'],
	])('%s', async (_, bytes) => {
		const { answer } = await askRaw((socket) => socket.end(bytes, 'latin1'))
		expect(answer).toMatchObject(problem('response/malformed', { host: '127.0.0.1' }))
	})

	it.each([
		['a length longer than the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc'],
		['a chunked body without its end', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
	])('%s', async (_, bytes) => {
		const { answer } = await askRaw((socket) => socket.end(bytes))
		expect(answer).toMatchObject(problem('response/malformed', { host: '127.0.0.1' }))
	})
})

describe('the deadline', () => {
	const late = { timeoutMs: 300 }
	const timeout = problem('network/timeout', { host: '127.0.0.1', seconds: 1 })

	it('ends waiting for a header', async () => {
		const { answer, isClosed, tookMs } = await askRaw(() => undefined, late)
		expect(answer).toEqual(timeout)
		expect(tookMs).toBeLessThan(2_000)
		await expect.poll(isClosed).toBe(true)
	})

	it('ends a body that drips', async () => {
		const { answer, isClosed, tookMs } = await askRaw((socket) => {
			socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
			const timer = setInterval(() => socket.write('.'), 20)
			socket.on('close', () => clearInterval(timer))
		}, late)
		expect(answer).toEqual(timeout)
		expect(tookMs).toBeLessThan(2_000)
		await expect.poll(isClosed).toBe(true)
	})

	it('ends a header that drips', async () => {
		const { answer } = await askRaw((socket) => {
			socket.write('HTTP/1.1 200 OK\r\nX: ')
			const timer = setInterval(() => socket.write('.'), 20)
			socket.on('close', () => clearInterval(timer))
		}, late)
		expect(answer).toEqual(timeout)
	})
})

describe('a secret', () => {
	const secret = 'Basic c2VjcmV0OnNlY3JldA=='
	const headers = { authorization: secret, cookie: 'session=c2VjcmV0' }

	it.each([
		['a malformed header', `HTTP/1.1 200 OK\r\nX\0: ${secret}\r\n\r\n`],
		['a malformed status line', `${secret}\r\n\r\n`],
		['a malformed chunk', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${secret}\r\n`],
		['a body cut short', `HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n${secret}`],
	])('that the site echoes in %s is not in the failure', async (_, bytes) => {
		const { answer } = await askRaw((socket) => socket.end(bytes), { headers })
		expect(answer.ok).toBe(false)
		const shown = `${inspect(answer, { depth: null, showHidden: true })}${JSON.stringify(answer)}`
		expect(shown).not.toContain('c2VjcmV0')
	})

	it('is not in the failure when nobody answers', async () => {
		const { answer } = await askRaw((socket) => socket.resetAndDestroy(), { headers })
		expect(answer).toMatchObject(problem('network/closed'))
		expect(inspect(answer, { depth: null, showHidden: true })).not.toContain('c2VjcmV0')
	})
})
