import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { staysWithin } from './dispatch.ts'
import type { SiteStream, SiteStreamControl, SiteStreamHandler } from './site-stream.ts'
import { parseAllowRules } from './allow-rules.ts'
import type { Egress } from './create-egress.ts'
import { listen, makeEgress } from './testing/servers.ts'

type Told = { status?: number; body: string; error?: Error; control?: SiteStreamControl | undefined }

function send(egress: Egress, stream: SiteStream): Promise<Told> {
	return new Promise((resolve) => {
		const told: Told = { body: '' }
		const handler: SiteStreamHandler = {
			onRequestStart: (control) => void (told.control = control),
			onResponseStart: (_control, status) => void (told.status = status),
			onResponseData: (_control, chunk) => void (told.body += chunk.toString()),
			onResponseEnd: () => resolve(told),
			onResponseError: (_control, error) => resolve({ ...told, error }),
		}
		egress.dispatch(stream, handler)
	})
}

const allowing = (port: number) => {
	const rules = parseAllowRules(`127.0.0.1:${port}`)
	if (!rules.ok) throw new Error('the rule')
	return rules.value
}

const asked = (origin: string, more: Partial<SiteStream> = {}): SiteStream => ({
	pool: 'con_1',
	origin,
	within: '/wp-json/',
	path: '/wp-json/wp/v2/posts?a=%2e%2e',
	method: 'GET',
	headers: ['accept', '*/*'],
	body: null,
	...more,
})

describe('a request that is passed on', () => {
	it('goes out exactly as it is, with who we are', async () => {
		const seen: string[] = []
		const server = createServer((request, response) => {
			seen.push(
				`${request.method} ${request.url} ${request.headers['user-agent']} ${request.headers['content-length']}`,
			)
			request.resume().on('end', () => response.end('here'))
		})
		const port = await listen(server)
		const egress = makeEgress({ allow: allowing(port) })
		expect(await send(egress, asked(`http://127.0.0.1:${port}`))).toMatchObject({ status: 200, body: 'here' })
		const upload = { method: 'POST', body: Readable.from([Buffer.from('abc')]), contentLength: 3 }
		expect(await send(egress, asked(`http://127.0.0.1:${port}`, upload))).toMatchObject({ status: 200 })
		expect(seen).toEqual([
			'GET /wp-json/wp/v2/posts?a=%2e%2e Postern test undefined',
			'POST /wp-json/wp/v2/posts?a=%2e%2e Postern test 3',
		])
	})

	it('never shares a connection with another connector', async () => {
		const sockets = new Set<unknown>()
		const server = createServer((request, response) => {
			sockets.add(request.socket)
			response.end()
		})
		const origin = `http://127.0.0.1:${await listen(server)}`
		const egress = makeEgress({ allow: allowing(Number(new URL(origin).port)) })
		await send(egress, asked(origin))
		await new Promise(setImmediate)
		await send(egress, asked(origin))
		expect(sockets.size).toBe(1)
		await send(egress, asked(origin, { pool: 'con_2' }))
		expect(sockets.size).toBe(2)
	})

	it('goes nowhere that the guard does not allow', async () => {
		const told = await send(makeEgress(), asked('http://127.0.0.1:80'))
		const egress = makeEgress()
		const url = new URL('http://127.0.0.1')
		const request = { url, limit: 0, hasAnswered: false, seconds: 5 }
		expect(egress.problemOf(told.error, request)?.problem.code).toBe('address/blocked')
		const odd = await send(egress, asked('http://blog.example:22'))
		expect(egress.problemOf(odd.error, request)?.problem.code).toBe('address/port-not-allowed')
	})

	it('T34 does not leave the API it is meant for', () => {
		const egress = makeEgress()
		for (const path of [
			'/wp-login.php',
			'/wp-json/../wp-login.php',
			'/wp-json/%2e%2e/wp-login.php',
			'/wp-json/.%2E/x',
			'/wp-json/a/.',
			'/wp-json/..?x',
			'/wp-json/a\\..\\b',
			'//evil.example/wp-json/',
		])
			expect(() => egress.dispatch(asked('http://127.0.0.1', { path }), {} as SiteStreamHandler), path).toThrow()
	})

	it('T34 is where the URL parser sees it, too', () => {
		const piece = fc.constantFrom('/', '.', '..', '%2e', '%2E.', 'a', 'wp-json', '?', '\\', '%2f', '...', '.a')
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const path = `/wp-json/${pieces.join('')}`
				if (!staysWithin(path, '/wp-json/')) return
				const url = new URL(`http://site.example${path}`)
				expect(url.host).toBe('site.example')
				expect(`${url.pathname}${url.search || (path.endsWith('?') ? '?' : '')}`).toBe(path)
			}),
			{ numRuns: 5_000 },
		)
	})
})
