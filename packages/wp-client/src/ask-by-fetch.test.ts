import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { certificates } from '@postern/egress/testing/certificates'
import type { SiteRequest } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { askByFetch, discover } from './index.ts'
import { listen } from './zoo/zoo-server.testing.ts'

const seen: string[] = []
async function serve(): Promise<string> {
	const server = createServer((request, response) => {
		seen.push(`${request.method} ${request.headers['user-agent']}`)
		if (request.url === '/redirect') return response.writeHead(301, { location: 'https://evil.example/' }).end()
		if (request.url === '/slow') return undefined
		if (request.url === '/endless') {
			const write = (): void =>
				void (response.destroyed || response.write('x'.repeat(1_024), () => setImmediate(write)))
			return write()
		}
		return response.end('hello')
	})
	return `http://127.0.0.1:${await listen(server)}`
}

const ask = (address: string, more: Partial<SiteRequest> = {}) =>
	askByFetch({ url: new URL(address), method: 'GET', timeoutMs: 20_000, maxBytes: 10_000, ...more })

describe('asking by fetch', () => {
	it('gives the whole answer, and follows no redirect', async () => {
		const origin = await serve()
		const answer = await ask(origin)
		expect(answer.ok && [answer.value.status, new TextDecoder().decode(answer.value.body)]).toEqual([200, 'hello'])
		const moved = await ask(`${origin}/redirect`, { method: 'POST', body: 'x' })
		expect(moved.ok && [moved.value.status, moved.value.headers.get('location')]).toEqual([
			301,
			'https://evil.example/',
		])
		expect(seen.at(-1)).toMatch(/^POST Postern-wp-client\//)
	})

	it('ends in time, and reads no more than it is told to', async () => {
		const origin = await serve()
		expect(await ask(`${origin}/slow`, { timeoutMs: 100 })).toMatchObject({
			problem: { code: 'network/timeout', params: { host: '127.0.0.1', seconds: 1 } },
		})
		expect(await ask(`${origin}/endless`)).toMatchObject({
			problem: { code: 'response/too-large', params: { limit: 10_000 } },
		})
		expect(await ask(`${origin}/slow`, { signal: AbortSignal.timeout(50) })).toMatchObject({
			problem: { code: 'network/closed' },
		})
	})

	it('names what is wrong on the way', async () => {
		const selfSigned = await listen(createTlsServer(certificates.selfSigned))
		const code = async (address: string) => {
			const answer = await ask(address)
			return answer.ok ? 'ok' : answer.problem.code
		}
		expect(await code(`https://127.0.0.1:${selfSigned}`)).toBe('tls/self-signed')
		expect(await code('http://127.0.0.1:1')).toBe('address/port-not-allowed')
		expect(await code('http://nobody.invalid')).toBe('network/unknown-host')
		const closed = createServer()
		const port = await listen(closed)
		closed.close()
		expect(await code(`http://127.0.0.1:${port}`)).toBe('network/refused')
		expect(await code(`https://127.0.0.1:${new URL(await serve()).port}`)).toBe('tls/not-https')
	})

	it('would rather fail than look away from a pin', async () => {
		await expect(ask(await serve(), { pin: 'ab'.repeat(32) })).rejects.toThrow('cannot pin')
	})

	it('is what discovery uses where nothing else is given, on the port that was typed', async () => {
		const origin = await serve()
		expect(await discover(origin)).toMatchObject({ ok: false, diagnosis: { code: 'site/not-wordpress' } })
	})
})
