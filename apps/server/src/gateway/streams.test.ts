import { once } from 'node:events'
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { answerJson, type Granted, startGateway, type TestGateway, whenStill } from './gateway.testing.ts'

const media = 'wp-json/wp/v2/media'
const posts = 'wp-json/wp/v2/posts'

function open(
	{ server, slug }: TestGateway,
	as: Granted,
	{
		method = 'GET',
		path = posts,
		headers = {},
	}: { method?: string; path?: string; headers?: Record<string, string> } = {},
): ClientRequest {
	return httpRequest({
		host: '127.0.0.1',
		port: server.port,
		method,
		path: `/sites/${slug}/${path}`,
		agent: false,
		headers: { host: 'localhost:4600', authorization: as.authorization, ...headers },
	})
}

function closed(stream: ClientRequest | IncomingMessage): Promise<void> {
	return new Promise((resolve) => {
		stream.on('error', () => undefined).on('close', resolve)
	})
}

const jpeg = { 'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="a b.jpg"' }

describe('an upload', () => {
	it('streams a file as it is, under a name that was read', async () => {
		const gateway = await startGateway()
		const { site, grant, ask, record } = gateway
		site.answer = (request, response) => request.on('end', () => answerJson(response, { id: 9 }))
		const body = Buffer.alloc(300_000, 'x')
		const as = await grant(['media:write'])
		const told = await ask({ method: 'POST', path: media, as, headers: jpeg, body })
		expect(told).toMatchObject({ status: 200, json: { id: 9 } })
		expect(site.seen[0]?.headers).toMatchObject({ 'content-type': 'image/jpeg', 'content-length': '300000' })
		expect(site.seen[0]?.headers['content-disposition']).toMatch(/^attachment; filename="a-b\.jpg"$/)
		expect(site.seen[0]?.body).toHaveLength(300_000)
		expect(await record()).toMatchObject([
			{ receivedBytes: 300_000, route: '/wp/v2/media', isWrite: true, status: 200 },
		])
	})

	it('GWR-004 reads a form on its way, and sends it with a boundary of its own', async () => {
		const { site, grant, ask } = await startGateway()
		site.answer = (request, response) => request.on('end', () => answerJson(response, { id: 9 }))
		const as = await grant(['media:write'])
		const part = (name: string, more: string, value: string) =>
			`--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
		const file = part('file', '; filename="a.jpg"', 'JPEG')
		const headers = { 'content-type': 'multipart/form-data; boundary=b' }
		const sent = { method: 'POST', path: media, as, headers }
		expect((await ask({ ...sent, body: `${file}${part('title', '', 'A picture')}--b--\r\n` })).status).toBe(200)
		expect(site.seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=postern-/)
		expect(site.seen[0]?.body).toContain('A picture')
		expect(site.seen[0]?.body).not.toContain('--b\r\n')
		const refused = await ask({ ...sent, body: `${part('rest_route', '', '/wp/v2/users/me')}${file}--b--\r\n` })
		expect(refused).toMatchObject({ status: 400, json: { data: { problem: 'gateway/parameter-refused' } } })
	})

	it('T31 carries no script in a field beside the file', async () => {
		const { grant, ask } = await startGateway({ capabilities: ['unfiltered_html'] })
		const part = (name: string, value: string) =>
			`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
		const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nJPEG\r\n'
		const headers = { 'content-type': 'multipart/form-data; boundary=b' }
		const as = await grant(['media:write'])
		for (const bad of [part('caption', '<script>x</script>'), part('title', '<b style="position:fixed">x</b>')]) {
			const told = await ask({ method: 'POST', path: media, as, headers, body: `${bad}${file}--b--\r\n` })
			expect(told).toMatchObject({ status: 403, json: { data: { problem: 'application-password/scope-missing' } } })
		}
	})

	it('GWR-036 is refused before any of it is read', async () => {
		const gateway = await startGateway()
		const as = await gateway.grant(['posts:write'])
		const headers = { 'content-type': 'application/json', expect: '100-continue', 'content-length': '2147483648' }
		const asked = open(gateway, as, { method: 'POST', path: 'wp-json/wp/v2/plugins', headers })
		let isToldToGoOn = false
		asked.on('continue', () => (isToldToGoOn = true)).on('error', () => undefined)
		asked.flushHeaders()
		const [response] = (await once(asked, 'response')) as [IncomingMessage]
		expect([response.statusCode, response.headers.connection, isToldToGoOn]).toEqual([403, 'close', false])
		asked.destroy()
		expect(gateway.site.seen).toEqual([])
	})

	it('goes on when its sender waits to be told so', async () => {
		const gateway = await startGateway()
		gateway.site.answer = (request, response) => request.on('end', () => answerJson(response, { id: 9 }))
		const as = await gateway.grant(['media:write'])
		const asked = open(gateway, as, { method: 'POST', path: media, headers: { ...jpeg, expect: '100-continue' } })
		asked.flushHeaders()
		await once(asked, 'continue')
		asked.end('JPEG')
		const [response] = (await once(asked, 'response')) as [IncomingMessage]
		expect(response.statusCode).toBe(200)
		expect(gateway.site.seen[0]?.body).toBe('JPEG')
	})

	it('tells the sender what the site says before it has read it all', async () => {
		const gateway = await startGateway()
		gateway.site.answer = (_request, response) => {
			response.writeHead(413, { 'content-type': 'application/json' }).end('{"code":"too_large"}')
		}
		const as = await gateway.grant(['media:write'])
		const asked = open(gateway, as, { method: 'POST', path: media, headers: { ...jpeg, 'content-length': '50000000' } })
		asked.on('error', () => undefined)
		asked.write(Buffer.alloc(1_000_000))
		const [response] = (await once(asked, 'response')) as [IncomingMessage]
		expect(response.statusCode).toBe(413)
		asked.destroy()
	})
})

describe('a stream', () => {
	it('frees both sockets within two seconds when the caller leaves', async () => {
		const gateway = await startGateway()
		const isFreed = new Promise((resolve) => {
			gateway.site.answer = (_request, response) => {
				response.on('close', resolve)
				response.writeHead(200, { 'content-type': 'application/json' }).write('[')
			}
		})
		const asked = open(gateway, await gateway.grant(['posts:read'])).on('error', () => undefined)
		asked.end()
		await once(asked, 'response')
		const leftAt = performance.now()
		asked.destroy()
		await isFreed
		expect(performance.now() - leftAt).toBeLessThan(2_000)
		await expect.poll(gateway.record).toMatchObject([{ end: 'aborted' }])
	})

	it('aborts the upload at the site when the caller leaves in the middle, and never ends it as if it were whole', async () => {
		const gateway = await startGateway()
		const ended = new Promise<string>((resolve) => {
			gateway.site.answer = (request) => request.on('end', () => resolve('whole')).on('error', () => resolve('broken'))
		})
		const as = await gateway.grant(['media:write'])
		const asked = open(gateway, as, { method: 'POST', path: media, headers: jpeg }).on('error', () => undefined)
		asked.write(Buffer.alloc(100_000))
		await expect.poll(() => gateway.site.seen.length).toBe(1)
		asked.destroy()
		expect(await ended).toBe('broken')
		await expect.poll(gateway.record).toMatchObject([{ end: 'aborted' }])
	})

	it('GWR-038 is cut within five seconds after the password was revoked', async () => {
		const gateway = await startGateway()
		const { grant, owner, server } = gateway
		gateway.site.answer = () => undefined
		const as = await grant(['media:write'])
		const asked = open(gateway, as, { method: 'POST', path: media, headers: jpeg })
		const cut = closed(asked)
		asked.write('x')
		const sending = setInterval(() => asked.write('x'.repeat(10_000)), 100)
		await delay(5_500)
		expect(asked.destroyed).toBe(false)
		const revokedAt = performance.now()
		await server.appPasswords.revoke(owner, as.uuid, { by: owner, withPassword: null, ip: '', requestId: null })
		await cut
		clearInterval(sending)
		expect(performance.now() - revokedAt).toBeLessThan(5_000)
		await expect.poll(gateway.record).toMatchObject([{ end: 'revoked' }])
	})

	it('is cut within five seconds after its connector was paused', async () => {
		const gateway = await startGateway()
		gateway.site.answer = (_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json' })
			const dripping = setInterval(() => response.write(' '.repeat(1_000)), 100)
			response.on('close', () => clearInterval(dripping))
		}
		const asked = open(gateway, await gateway.grant(['posts:read'])).on('error', () => undefined)
		asked.end()
		const [response] = (await once(asked, 'response')) as [IncomingMessage]
		const cut = closed(response.resume())
		await delay(5_500)
		expect(response.destroyed).toBe(false)
		const pausedAt = performance.now()
		await gateway.server.store.connectors.pause(gateway.workspaceId, gateway.connectorId)
		await cut
		expect(performance.now() - pausedAt).toBeLessThan(5_000)
	})

	it('waits for a reader that has stopped, and keeps nothing of it in memory', async () => {
		const gateway = await startGateway()
		let written = 0
		gateway.site.answer = (_request, response) => {
			response.writeHead(200, { 'content-type': 'application/octet-stream' })
			const chunk = Buffer.alloc(65_536)
			const send = () => {
				for (let hasRoom = true; hasRoom && written < 67_000_000; written += chunk.length)
					hasRoom = response.write(chunk)
			}
			response.on('drain', send)
			send()
		}
		const { authorization } = await gateway.grant(['media:read'])
		const socket = connect(gateway.server.port, '127.0.0.1').pause()
		socket.write(
			`GET /sites/${gateway.slug}/${media} HTTP/1.1\r\nHost: localhost:4600\r\nAuthorization: ${authorization}\r\n\r\n`,
		)
		const stoppedAt = await whenStill(() => written)
		expect(stoppedAt).toBeLessThan(30_000_000)
		socket.resume()
		await expect.poll(() => written).toBeGreaterThan(stoppedAt)
		socket.destroy()
	})
})

describe('limits', () => {
	it('tells when the requests of a minute are used up', async () => {
		const { grant, ask } = await startGateway()
		const as = await grant(['posts:read'], { requestsPerMinute: 2 })
		expect([(await ask({ path: posts, as })).status, (await ask({ path: posts, as })).status]).toEqual([200, 200])
		const told = await ask({ path: posts, as })
		expect(told).toMatchObject({ status: 429, json: { code: 'application_password_rate' } })
		expect(told.headers['retry-after']).toMatch(/^\d+$/)
		expect(told.headers['ratelimit']).toMatch(/^"requests";r=0;t=\d+$/)
		expect(told.headers['ratelimit-policy']).toBe('"requests";q=2;w=60')
	})

	it('names no limit of requests where guesses are what is used up', async () => {
		const { ask, grant } = await startGateway()
		await grant(['posts:read'])
		const headers = { authorization: `Basic ${btoa(`Ann:${'x'.repeat(24)}`)}` }
		let told = await ask({ path: posts, headers })
		for (let times = 0; times < 100 && told.status !== 429; times += 1) told = await ask({ path: posts, headers })
		expect(told.headers['retry-after']).toMatch(/^\d+$/)
		expect(told.headers).not.toHaveProperty('ratelimit')
	})

	it('tells when the writes of a day are used up, and sends none of them', async () => {
		const { grant, ask, site } = await startGateway({ now: () => new Date('2026-11-22T23:00:00Z') })
		const as = await grant(['posts:write'], { writesPerDay: 1 })
		const write = {
			method: 'POST',
			path: posts,
			as,
			headers: { 'content-type': 'application/json' },
			body: '{"title":"x"}',
		}
		expect((await ask(write)).status).toBe(200)
		const told = await ask(write)
		expect(told).toMatchObject({ status: 429, json: { data: { problem: 'gateway/writes-used-up' } } })
		expect(told.headers).toMatchObject({
			'retry-after': '3600',
			ratelimit: '"writes";r=0;t=3600',
			'ratelimit-policy': '"writes";q=1;w=86400',
		})
		expect(site.seen).toHaveLength(1)
		expect((await ask({ path: posts, as })).status).toBe(200)
	})

	it('a site that cannot be reached rests after five failures, and nobody waits for it', async () => {
		const gateway = await startGateway({
			siteOrigin: 'http://127.0.0.1:9',
			environ: { POSTERN_ALLOW_PRIVATE: '127.0.0.1:9' },
		})
		const as = await gateway.grant(['posts:read'])
		const problems: string[] = []
		for (let times = 0; times < 6; times += 1) problems.push((await gateway.ask({ path: posts, as })).json.data.problem)
		expect(problems).toEqual([...Array<string>(5).fill('network/refused'), 'gateway/site-resting'])
	})
})
