import { Secret } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { answerJson, secret, startGateway } from './gateway.testing.ts'
import { createReflection } from './reflection.ts'

const posts = 'wp-json/wp/v2/posts'
const pair = Buffer.from(`yuki:${secret}`).toString('base64')

describe('T12 a site that shows what it was sent', () => {
	it.each([
		['the header', { debug: { HTTP_AUTHORIZATION: `Basic ${pair}` } }],
		['the password', { PHP_AUTH_PW: secret }],
	])('is not passed on where its body has %s', async (_what, document) => {
		const { site, grant, ask, record } = await startGateway()
		site.answer = (_request, response) => answerJson(response, document)
		const told = await ask({ path: posts, as: await grant(['posts:read']) })
		expect(told).toMatchObject({ status: 502, json: { data: { problem: 'response/credential-inside' } } })
		expect(told.text).not.toContain(pair)
		expect(await record()).toMatchObject([{ problem: 'response/credential-inside' }])
	})

	it('is not passed on where an error page has it, or a header', async () => {
		const { site, grant, ask } = await startGateway()
		const as = await grant(['posts:read', 'site:read'])
		site.answer = (_request, response) =>
			void response.writeHead(500, { 'content-type': 'text/html' }).end(`<pre>Authorization: Basic ${pair}</pre>`)
		expect((await ask({ path: posts, as })).status).toBe(502)
		site.answer = (_request, response) => answerJson(response, {}, { etag: `"${pair}"` })
		expect((await ask({ path: posts, as })).status).toBe(502)
		site.answer = (_request, response) => answerJson(response, { PHP_AUTH_PW: secret })
		expect((await ask({ path: 'wp-json/', as })).status).toBe(502)
	})

	it('is not passed on over XML-RPC either', async () => {
		const { site, grant, ask } = await startGateway()
		const value = (text: string) =>
			`<?xml version="1.0"?><methodResponse><params><param><value><array><data><value><string>${text}</string></value></data></array></value></param></params></methodResponse>`
		const { authorization } = await grant(['site:everything'])
		const login = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':')
		const params = ['1', ...login].map((text) => `<param><value><string>${text}</string></value></param>`).join('')
		const body = `<?xml version="1.0"?><methodCall><methodName>wp.getPosts</methodName><params>${params}</params></methodCall>`
		const asked = { method: 'POST', path: 'xmlrpc.php', headers: { 'content-type': 'text/xml' }, body }
		const answerWith = (text: string) => {
			site.answer = (_request, response) =>
				void response.writeHead(200, { 'content-type': 'text/xml' }).end(value(text))
		}
		answerWith('a title')
		expect((await ask(asked)).text).toContain('a title')
		answerWith(`$args = 1, yuki, ${secret}`)
		const told = await ask(asked)
		expect(told.text).toContain('<fault>')
		expect(told.text).not.toContain(secret)
	})

	it('is noticed wherever the body is cut, and however PHP writes it', () => {
		const credential = { username: 'ÿÿÿ?', password: new Secret('ÿ?ÿ?abcdEFGH1234ijkl'), edge: undefined }
		const sent = Buffer.from(`${credential.username}:${credential.password.reveal()}`).toString('base64')
		expect(sent).toContain('/')
		for (const written of [sent, sent.replaceAll('/', '\\/'), credential.password.reveal()]) {
			const bytes = Buffer.from(`before ${written} behind`)
			for (let size = 1; size <= bytes.length; size += 1) {
				const reflection = createReflection(credential)
				let isFound = false
				for (let at = 0; at < bytes.length; at += size)
					isFound = reflection.isIn(bytes.subarray(at, at + size)) || isFound
				expect(isFound).toBe(true)
			}
			expect(createReflection(credential).isIn(bytes.subarray(0, -8 - 1))).toBe(false)
		}
	})
})
