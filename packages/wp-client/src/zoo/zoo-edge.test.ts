import { describe, expect, it } from 'vitest'
import { specLabels } from './spec-labels.testing.ts'
import { visit } from './visit.testing.ts'
import { type Animal, enclose, html, type Page } from './zoo-server.testing.ts'
import { wordpress } from './zoo-wordpress.testing.ts'

async function visitAnimal(animal: Animal) {
	const zoo = await enclose(animal)
	return visit(`https://blog.example:${zoo.httpsPort}`, zoo)
}

/** Answers with `page` everywhere, or only where the API is. */
async function visitBehind(page: Page, where: 'everywhere' | 'api') {
	const { animal } = wordpress()
	return visitAnimal((seen) => (where === 'everywhere' || seen.url !== '/' ? page : animal(seen)))
}

const sgCaptcha = '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F&y=ipc:203.0.113.7:1.1"></head>'

const pages: readonly (readonly [string, Page])[] = [
	['Cloudflare', html(403, '<title>Just a moment...</title>', { 'cf-mitigated': 'challenge', server: 'cloudflare' })],
	['Cloudflare', html(503, '<script>window._cf_chl_opt={}</script>', { server: 'cloudflare' })],
	['SiteGround', { status: 202, body: `<html><head>${sgCaptcha}</html>` }],
	['SiteGround', { status: 200, body: `<html><head>${sgCaptcha}</html>` }],
	['Imunify360', html(200, '<title>One moment, please</title><p>protected by Imunify360</p>')],
	['BitNinja', html(403, '<title>Security check by BitNinja</title>')],
]

describe('layers in front of the site', () => {
	for (const where of ['everywhere', 'api'] as const) {
		it.each(pages)(`Z34, Z35, F57 %s asks for a human ${where} (%#)`, async (vendor, page) => {
			const { diagnosis } = await visitBehind(page, where)
			expect(diagnosis).toMatchObject({ code: specLabels['edge.cloudflare'], certainty: 'sure', params: { vendor } })
		})
	}

	it('an ordinary page that mentions a firewall is not taken for one', async () => {
		const { animal } = wordpress()
		const { code } = await visitAnimal((seen) => {
			const page = animal(seen)
			if (seen.url !== '/' || typeof page === 'function') return page
			return { ...page, body: `${String(page.body)}<p>We compared Imunify360, BitNinja and Wordfence.</p>` }
		})
		expect(code).toBe('ok')
	})

	it.each(['everywhere', 'api'] as const)('Z26 a staging password in front of it, %s', async (where) => {
		const page = html(401, '<title>401 Authorization Required</title>', {
			'www-authenticate': 'Basic realm="Staging\u00AE area"',
		})
		const { diagnosis } = await visitBehind(page, where)
		expect(diagnosis).toMatchObject({ code: specLabels['edge.basic_auth'], params: { realm: 'Staging\u00AE area' } })
	})

	it('Z26 a staging password with an exception for the API and XML-RPC', async () => {
		const { animal } = wordpress()
		const page = html(401, '<title>401</title>', { 'www-authenticate': 'Basic realm="Staging"' })
		expect((await visitAnimal((seen) => (seen.url === '/' ? page : animal(seen)))).code).toBe('ok')
	})

	it('F55 a firewall that dislikes the Authorization header', async () => {
		const { animal } = wordpress()
		const { diagnosis } = await visitAnimal((seen) =>
			seen.headers.authorization === undefined ? animal(seen) : html(406, '<title>Not Acceptable!</title>'),
		)
		expect(diagnosis).toMatchObject({ code: specLabels['edge.firewall'], params: { status: 406 }, rung: 'login' })
	})

	describe('Z38 a site that asks for patience', () => {
		async function visitLimited(retryAfter: (() => string) | undefined, times: number) {
			const { animal } = wordpress()
			let attempts = 0
			return visitAnimal((seen): Page | ReturnType<Animal> => {
				if (seen.url === '/') attempts = 0
				if (!seen.url.includes('users/me?')) return animal(seen)
				attempts += 1
				const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter() }
				return attempts <= times ? html(429, '<title>Too Many Requests</title>', headers) : animal(seen)
			})
		}

		it.each([
			['in seconds', (): string => '3', 3_000],
			['without a time', undefined, 1_000],
			['with a date', (): string => new Date(Date.now() + 5_000).toUTCString(), undefined],
		] as const)('429 once, %s: waited out, then fine', async (_how, retryAfter, waitedMs) => {
			const outcome = await visitLimited(retryAfter, 1)
			expect(outcome.code).toBe('ok')
			expect(outcome.waitedMs).toEqual([waitedMs ?? expect.toSatisfy((ms: number) => ms > 0 && ms <= 5_000)])
		})

		it('429 for ever: three tries, then told with the seconds', async () => {
			const outcome = await visitLimited(() => '2', 99)
			expect(outcome.diagnosis).toMatchObject({ code: specLabels['rate.limited'], params: { seconds: 2 } })
			expect(outcome.visits.filter(({ url }) => url.includes('users/me?'))).toHaveLength(3)
		})

		it('429 with Retry-After: 99999 is not waited out, and told as an hour', async () => {
			const outcome = await visitLimited(() => '99999', 99)
			expect(outcome.diagnosis).toMatchObject({ code: specLabels['rate.limited'], params: { seconds: 3_600 } })
			expect(outcome.waitedMs).toEqual([])
		})
	})
})
