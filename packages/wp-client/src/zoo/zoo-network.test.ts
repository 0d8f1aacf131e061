import { createServer as createNetServer, type Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { certificates } from '@postern/egress/testing/certificates'
import { problems, problemText, type Rung } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { discover } from '../index.ts'
import { specLabels } from './spec-labels.testing.ts'
import { portsFor, visit } from './visit.testing.ts'
import { type Animal, enclose, html, listen, type Page, redirect } from './zoo-server.testing.ts'
import { wordpress } from './zoo-wordpress.testing.ts'

/** An enclosure without an animal: a bare TCP server. */
async function encloseRaw(server: Server) {
	const port = await listen(server)
	return { visits: [], httpPort: port, httpsPort: port }
}

describe('on the way to the site', () => {
	it.each([
		['a loop of two', (step: number) => `/${step % 2}`],
		['itself', () => '/'],
		['20 hops', (step: number) => `/${step}`],
	])('Z10 redirects to %s', async (_what, next) => {
		const zoo = await enclose((seen) => redirect(next(Number(seen.url.slice(1)) + 1), 302))
		const outcome = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(outcome.code).toBe(specLabels['redirect.loop'])
		expect(outcome.visits.length).toBeLessThanOrEqual(6)
	})

	it('a redirect to another registrable domain asks first', async () => {
		const zoo = await enclose((seen) => redirect(`https://other.example:${seen.headers.host?.split(':')[1]}/`))
		const { diagnosis, visits } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(diagnosis).toMatchObject({ code: specLabels['redirect.other_site'], rung: 'address' })
		expect(visits.map(({ host }) => host)).toEqual(['blog.example'])
	})

	it('a redirect from https to http is not followed', async () => {
		const zoo = await enclose(({ host }): Page => redirect(`http://${host}:${zoo.httpPort}/`))
		const { diagnosis, visits } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(diagnosis).toMatchObject({ code: specLabels['redirect.insecure'], rung: 'secure-connection' })
		expect(visits).toHaveLength(1)
	})

	it.each([
		'http://169.254.169.254/latest/meta-data/',
		'http://[::ffff:127.0.0.1]/',
		'http://10.0.0.1/',
		'https://2130706433/',
	])('Z47 a redirect to %s reaches nothing', async (target) => {
		const zoo = await enclose(() => redirect(target, 302))
		const { diagnosis, visits } = await visit(`http://blog.example:${zoo.httpPort}`, zoo)
		// 127.0.0.1 is allowed to these tests on their own ports only, so port 443 there is refused as any other.
		expect(['redirect/blocked-address', 'address/port-not-allowed']).toContain(diagnosis?.code)
		expect(visits).toHaveLength(1)
	})

	it('Z47 a redirect to a name that leads to a private address', async () => {
		const zoo = await enclose(() => redirect('http://intern.blog.example/', 302))
		const names = { 'intern.blog.example': '10.1.2.3' }
		const { code, diagnosis } = await visit(`http://blog.example:${zoo.httpPort}`, zoo, { names })
		expect(code).toBe('redirect/blocked-address')
		expect(diagnosis).toMatchObject({ rung: 'address' })
		expect(diagnosis?.params).toEqual({ host: 'intern.blog.example', from: `blog.example:${zoo.httpPort}` })
	})

	it('Z47 does not tell the operator to allow what a site redirects to', async () => {
		const zoo = await enclose(() => redirect('http://169.254.169.254/latest/meta-data/', 302))
		const { diagnosis } = await visit(`http://blog.example:${zoo.httpPort}`, zoo)
		if (diagnosis === undefined) throw new Error('the redirect was followed')
		const { title, steps } = problemText(diagnosis.code, diagnosis.params, 'en')
		expect(title).toMatch(new RegExp(`^blog.example:${zoo.httpPort} redirects to 169.254.169.254, `))
		expect(steps.join('\n')).not.toContain('POSTERN_ALLOW_PRIVATE')
		expect(problems[diagnosis.code].fixedBy).toBe('site-admin')
	})

	it.each([
		['tls.self_signed', certificates.selfSigned],
		['tls.expired', certificates.expired],
		['tls.wrong_name', certificates.wrongName],
		['tls.incomplete_chain', certificates.incompleteChain],
	] as const)('Z43 %s', async (label, certificate) => {
		const zoo = await enclose(() => html(200, ''), certificate)
		const { diagnosis, visits } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(diagnosis).toMatchObject({ code: specLabels[label], rung: 'secure-connection' })
		expect(visits).toHaveLength(0)
	})

	it('Z43 http where https is expected', async () => {
		const zoo = await enclose(() => html(200, ''))
		const { diagnosis } = await visit(`https://blog.example:${zoo.httpPort}`, zoo)
		expect(diagnosis).toMatchObject({ code: specLabels['tls.not_https'], params: { port: zoo.httpPort } })
	})

	it('Z43 plain http only, behind an address without a scheme, at a server that hangs up on TLS', async () => {
		const server = createNetServer((socket) => {
			socket.once('data', (hello) => {
				if (hello[0] === 0x16) socket.destroy()
				else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
			})
		})
		const zoo = await encloseRaw(server)
		const { diagnosis } = await visit(`blog.example:${zoo.httpPort}`, zoo)
		expect(diagnosis).toMatchObject({
			code: specLabels['tls.not_https'],
			params: { port: zoo.httpPort },
			certainty: 'sure',
		})
		// Whoever typed https meant it: nothing is asked without encryption.
		const meant = await visit(`https://blog.example:${zoo.httpPort}`, zoo)
		expect(meant.code).toBe('network/closed')
	})

	it('Z44 no such name', async () => {
		const zoo = await enclose(() => html(200, ''))
		const { diagnosis } = await visit(`https://nowhere.example:${zoo.httpsPort}`, zoo, {
			names: { 'nowhere.example': '' },
		})
		expect(diagnosis).toMatchObject({ code: specLabels['net.unknown_host'], rung: 'address' })
	})

	it('Z44 refused', async () => {
		const server = createNetServer()
		const zoo = await encloseRaw(server)
		await new Promise((resolve) => server.close(resolve))
		const { diagnosis } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(diagnosis).toMatchObject({ code: specLabels['net.refused'], rung: 'secure-connection' })
	})

	it('Z44 accepts, then silence', async () => {
		const zoo = await encloseRaw(createNetServer(() => undefined))
		const { diagnosis, events } = await visit(`http://blog.example:${zoo.httpPort}`, zoo, { timeoutMs: 1_000 })
		// Nothing was to be encrypted there; and it was the page that took all the time.
		expect(diagnosis).toMatchObject({ code: specLabels['net.timeout'], rung: 'wordpress' })
		const took = (rung: Rung) => events.find((event) => event.rung === rung && event.elapsedMs !== undefined)
		expect(took('address')).toMatchObject({ state: 'passed', elapsedMs: 0 })
		expect(took('secure-connection')).toMatchObject({ state: 'noted', detail: { code: 'plain-http' } })
		expect(took('wordpress')?.elapsedMs).toBeGreaterThanOrEqual(1_000)
	})

	it('Z44 accepts, then silence, where TLS was to begin', async () => {
		const zoo = await encloseRaw(createNetServer(() => undefined))
		const { diagnosis, events } = await visit(`https://blog.example:${zoo.httpPort}`, zoo, { timeoutMs: 1_000 })
		expect(diagnosis).toMatchObject({ code: specLabels['net.timeout'], rung: 'secure-connection' })
		expect(events.find(({ state }) => state === 'failed')?.elapsedMs).toBeGreaterThanOrEqual(1_000)
	})

	it('Z44 one byte at a time', async () => {
		const zoo = await enclose(() => (response) => {
			response.writeHead(200, { 'content-type': 'text/html' })
			const drip = setInterval(() => response.write('x'), 100)
			response.on('close', () => clearInterval(drip))
		})
		const { code } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo, { timeoutMs: 1_000 })
		expect(code).toBe(specLabels['net.timeout'])
	})

	it('Z45 an endless body, with memory that stays', async () => {
		const megabyte = Buffer.alloc(1 << 20, 'x')
		let most = 0
		const zoo = await enclose(({ method }) => (response) => {
			if (method === 'HEAD') return void response.end()
			let sent = 0
			const pour = (): void => {
				while (!response.destroyed) {
					sent += 1
					most = Math.max(most, sent)
					if (!response.write(megabyte)) return void response.once('drain', pour)
				}
			}
			pour()
		})
		const { code } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo)
		expect(code).toBe(specLabels['net.too_large'])
		expect(most).toBeLessThan(32)
	})

	it('Z45 a gzip bomb', async () => {
		const bomb = gzipSync(Buffer.alloc(100 << 20))
		const zoo = await enclose(() => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: bomb }))
		expect((await visit(`https://blog.example:${zoo.httpsPort}`, zoo)).code).toBe(specLabels['net.too_large'])
	})

	it('Z45 endless headers', async () => {
		const server = createNetServer((socket) => {
			socket.write('HTTP/1.1 200 OK\r\n')
			const pour = setInterval(() => socket.write(`X-Header: ${'x'.repeat(8_000)}\r\n`), 1)
			socket.on('close', () => clearInterval(pour)).on('error', () => undefined)
		})
		const zoo = await encloseRaw(server)
		expect((await visit(`http://blog.example:${zoo.httpPort}`, zoo)).code).toBe(specLabels['net.endless_headers'])
	})

	it('Z45 a front page of 3 MB hides nothing: its headers still show the API', async () => {
		const { animal } = wordpress({ prefix: '/api/' })
		const large: Animal = (seen) => {
			const page = animal(seen)
			if (seen.url !== '/' || typeof page === 'function') return page
			return seen.method === 'HEAD' ? { ...page, body: '' } : { ...page, body: String(page.body) + ' '.repeat(3 << 20) }
		}
		const zoo = await enclose(large)
		expect((await visit(`https://blog.example:${zoo.httpsPort}`, zoo)).code).toBe('ok')
	})

	it('Z56 a name in Unicode, and one with a trailing dot', async () => {
		const { animal } = wordpress()
		const zoo = await enclose(animal)
		// The test certificates know no name in Unicode, so this one is looked at over http: everything but https is the same.
		const unicode = await discover(`http://münchen.example:${zoo.httpPort}`, portsFor(zoo))
		expect(unicode.ok ? undefined : [unicode.diagnosis.code, unicode.site?.siteUrl, unicode.site?.notes]).toEqual([
			specLabels['app_passwords.no_https'],
			`http://xn--mnchen-3ya.example:${zoo.httpPort}`,
			[
				{ code: 'plain-http', params: {} },
				{ code: 'international-host', params: { unicode: 'münchen.example', ascii: 'xn--mnchen-3ya.example' } },
			],
		])
		const dotted = await visit(`https://blog.example.:${zoo.httpsPort}`, zoo)
		expect(dotted.discovered.ok && dotted.discovered.value.siteUrl).toBe(`https://blog.example:${zoo.httpsPort}`)
	})

	it('Z56 port 6000', async () => {
		const zoo = await enclose(() => html(200, ''))
		const { code, visits } = await visit('https://blog.example:6000', zoo)
		expect([code, visits.length]).toEqual([specLabels['url.port'], 0])
	})
})
