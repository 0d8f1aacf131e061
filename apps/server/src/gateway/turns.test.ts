import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { answerJson, type Granted, startGateway, type TestGateway } from './gateway.testing.ts'

const posts = 'wp-json/wp/v2/posts'
const media = 'wp-json/wp/v2/media'

function open({ server, slug }: TestGateway, { authorization }: Granted, path = posts) {
	const headers = { host: 'localhost:4600', authorization }
	const options = { host: '127.0.0.1', port: server.port, path: `/sites/${slug}/${path}`, agent: false, headers }
	return httpRequest(options).on('error', () => undefined)
}

describe('turns at a site', () => {
	it('are given back when something throws', async () => {
		const { ask, grant, server, site } = await startGateway()
		site.answer = (_request, response) => void response.writeHead(401).end()
		const counting = vi.spyOn(server.store, 'transaction').mockRejectedValue(new Error('broken'))
		const as = await grant(['posts:draft', 'posts:read'])
		const headers = { 'content-type': 'application/json' }
		const write = { method: 'POST', path: `${posts}/7`, as, headers, body: '{"title":"x"}' }
		for (let times = 0; times < 16; times += 1) expect((await ask(write)).status).toBe(500)
		counting.mockRestore()
		site.answer = (_request, response) => answerJson(response, [])
		expect((await ask({ path: posts, as })).status).toBe(200)
	})

	it('are not lost for all by one caller whose uploads are refused', async () => {
		const { ask, grant } = await startGateway()
		const as = await grant(['media:write', 'posts:read'])
		const headers = { 'content-type': 'multipart/form-data; boundary=b' }
		const body = '--b\r\nContent-Disposition: form-data; name="rest_route"\r\n\r\n/x\r\n--b--\r\n'
		for (let times = 0; times < 6; times += 1)
			expect((await ask({ method: 'POST', path: media, as, headers, body })).status).toBe(400)
		expect((await ask({ path: posts, as })).status).toBe(200)
	})

	it('T29 send a credential that was refused no more than three times, however many ask at once', async () => {
		const { ask, grant, site } = await startGateway()
		site.answer = (_request, response) => void setTimeout(() => response.writeHead(401).end(), 20)
		const as = await grant(['posts:read'])
		await ask({ path: posts, as })
		const told = await Promise.all(Array.from({ length: 20 }, () => ask({ path: posts, as })))
		expect(site.seen).toHaveLength(3)
		const problems = told.map(({ json }) => json.data.problem)
		expect(problems.filter((problem) => problem === 'site-credential/rejected')).toHaveLength(2)
		expect(problems.filter((problem) => problem === 'site-credential/resting')).toHaveLength(18)
	})

	it('are not used by callers who left while they waited', async () => {
		const gateway = await startGateway()
		const { site, grant, ask, record } = gateway
		const held: (() => void)[] = []
		site.answer = (_request, response) => void held.push(() => answerJson(response, []))
		const as = await grant(['posts:read'])
		const first = Array.from({ length: 16 }, () => ask({ path: posts, as }))
		await expect.poll(() => held.length).toBe(16)
		const leaving = open(gateway, as, `${posts}?page=2`)
		leaving.end()
		await expect.poll(async () => (await record()).length).toBe(17)
		leaving.destroy()
		// The server has heard of it when it answers somebody who came later.
		await new Promise((resolve) => leaving.once('close', resolve))
		for (let times = 0; times < 2; times += 1) await fetch(`http://127.0.0.1:${gateway.server.port}/health`)
		for (const answer of held) answer()
		await Promise.all(first)
		await expect.poll(async () => (await record()).map(({ end }) => end)).toContain('aborted')
		expect(site.seen.map(({ url }) => url)).not.toContain('/wp-json/wp/v2/posts?page=2')
	})

	it('are given back for all that one connection asked, one behind the other, when it is closed', async () => {
		const { site, server, slug, grant } = await startGateway()
		let answering = 0
		site.answer = (_request, response) => {
			answering += 1
			response.once('close', () => (answering -= 1))
			response.writeHead(200, { 'content-type': 'application/json' }).write('['.padEnd(200_000))
		}
		const { authorization } = await grant(['posts:read'])
		const socket = connect(server.port, '127.0.0.1')
		const one = `GET /sites/${slug}/${posts} HTTP/1.1\r\nHost: localhost:4600\r\nAuthorization: ${authorization}\r\n\r\n`
		socket.write(one.repeat(4))
		await expect.poll(() => answering).toBe(4)
		socket.destroy()
		await expect.poll(() => answering).toBe(0)
	})
})
