import { describe, expect, it } from 'vitest'
import { answerJson, secret, startGateway } from './gateway.testing.ts'

describe('a site behind the gateway', () => {
	it('#228 is asked once, in one canonical spelling, with its own credential', async () => {
		const { site, grant, ask, url, record } = await startGateway()
		site.answer = (_request, response) =>
			answerJson(response, [{ id: 7, _links: { self: [{ href: `${site.origin}/wp-json/wp/v2/posts/7` }] } }], {
				link: `<${site.origin}/wp-json/wp/v2/posts?page=2>; rel="next"`,
			})
		const as = await grant(['posts:read'])
		const told = await ask({ path: 'wp-json/WP/v2/posts/?per_page=5&page=1', as })
		expect(told.status).toBe(200)
		expect(site.seen).toHaveLength(1)
		expect(site.seen[0]).toMatchObject({
			method: 'GET',
			url: '/wp-json/wp/v2/posts?per_page=5&page=1',
			headers: { authorization: `Basic ${Buffer.from(`yuki:${secret}`).toString('base64')}` },
		})
		expect(told.json[0]._links.self[0].href).toBe(`${url}wp-json/wp/v2/posts/7`)
		expect(told.headers.link).toBe(`<${url}wp-json/wp/v2/posts?page=2>; rel="next"`)
		expect(await record()).toMatchObject([
			{
				method: 'GET',
				route: '/wp/v2/posts',
				scope: 'posts:read',
				decision: 'permitted',
				status: 200,
				end: 'complete',
			},
		])
	})
})
