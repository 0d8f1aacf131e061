import { describe, expect, it } from 'vitest'
import { specLabels } from './spec-labels.testing.ts'
import { visit, type VisitOptions } from './visit.testing.ts'
import { type Animal, enclose, html, json, type Page, redirect } from './zoo-server.testing.ts'
import { wordpress } from './zoo-wordpress.testing.ts'

const MARKUP = '<link rel="stylesheet" href="/wp-content/themes/x/style.css"><title>Our shop</title>'

async function visitAnimal(animal: Animal, options: VisitOptions = {}) {
	const zoo = await enclose(animal)
	return visit(`https://blog.example:${zoo.httpsPort}`, zoo, options)
}

/** A stock WordPress whose API answers with this page. */
async function visitSpoilt(page: Page | ((url: string) => Page | undefined)) {
	const { animal } = wordpress()
	return visitAnimal((seen) => {
		const isRest = seen.url.startsWith('/wp-json') || seen.url.includes('rest_route')
		const own = typeof page === 'function' ? page(seen.url) : page
		return isRest && own !== undefined ? own : animal(seen)
	})
}

describe('sites whose API does not answer as one', () => {
	it('Z33 a theme that answers 200 with HTML for everything', async () => {
		const { diagnosis } = await visitAnimal(() => html(200, MARKUP))
		expect(diagnosis).toMatchObject({ code: specLabels.not_json, rung: 'api', params: { pageTitle: 'Our shop' } })
	})

	it('Z51 not WordPress, though its text speaks of wp-content', async () => {
		const text =
			'<p>How to clean up /wp-content/uploads and /wp-includes/ by hand, and &lt;meta name="generator"&gt;</p>'
		const picture = '<img src="https://elsewhere.test/wp-content/uploads/x.png">'
		const animal: Animal = (seen) =>
			html(seen.url === '/' ? 200 : 404, `<title>Notes</title></head><body>${text}${picture}`)
		const { diagnosis, visits } = await visitAnimal(animal)
		expect(diagnosis).toMatchObject({ code: specLabels.not_wordpress, rung: 'wordpress', certainty: 'likely' })
		expect(visits).toHaveLength(4)
	})

	it.each([200, 403, 404])('Z51 a site without a sign of WordPress that answers %d everywhere else', async (status) => {
		const { code } = await visitAnimal((seen) => html(seen.url === '/' ? 200 : status, '<title>A shop</title>'))
		expect(code).toBe(specLabels.not_wordpress)
	})

	it('Z51 another program that refuses in the shape of WordPress', async () => {
		const animal: Animal = (seen) =>
			seen.url === '/' ? html(200, '<title>A shop</title>') : json(403, { code: 'forbidden', message: 'No.' })
		expect((await visitAnimal(animal)).code).toBe(specLabels.not_wordpress)
	})

	it('F19 WordPress without an API anywhere', async () => {
		const { diagnosis } = await visitAnimal((seen) => html(seen.url === '/' ? 200 : 404, MARKUP))
		expect(diagnosis).toMatchObject({ code: specLabels['rest.not_found'], rung: 'api' })
	})

	it('Z39 maintenance: says until when, and asks nothing further', async () => {
		const page = html(503, '<title>Maintenance</title>', { 'retry-after': '600' })
		const { diagnosis, visits } = await visitAnimal(() => page)
		expect(diagnosis).toMatchObject({ code: specLabels['site.maintenance'] })
		const retryAt = Date.parse(String(diagnosis?.params['retryAt']))
		expect(Math.abs(retryAt - Date.now() - 600_000)).toBeLessThan(10_000)
		expect(visits).toHaveLength(1)
	})

	it('Z39 maintenance that begins between the index and the login: the credential is not in question', async () => {
		const { animal } = wordpress()
		const page = html(503, '<title>Maintenance</title>', { 'retry-after': '600' })
		const { code, visits } = await visitAnimal((seen) => (seen.url.includes('/users/') ? page : animal(seen)))
		expect(code).toBe(specLabels['site.maintenance'])
		expect(visits.some(({ method }) => method === 'POST')).toBe(false)
	})

	it('Z40 the critical error, as a page and as JSON', async () => {
		const page = html(
			500,
			'<body id="error-page"><div class="wp-die-message"><p>There has been a critical error on this website.</p></div>',
		)
		expect((await visitAnimal(() => page)).code).toBe(specLabels['site.fatal'])
		const error = {
			code: 'internal_server_error',
			message: '<p>There has been a critical error</p>',
			data: { status: 500 },
		}
		expect((await visitSpoilt(json(500, error))).code).toBe(specLabels['site.fatal'])
	})

	it('Z40 a crash of the front page alone does not matter', async () => {
		const { animal } = wordpress()
		const page = html(500, '<div class="wp-die-message">critical</div>')
		expect((await visitAnimal((seen) => (seen.url === '/' ? page : animal(seen)))).code).toBe('ok')
	})

	it('a gateway that says 502 everywhere', async () => {
		const { diagnosis } = await visitAnimal(() => html(502, '<title>Bad Gateway</title>'))
		expect(diagnosis).toMatchObject({ code: specLabels['site.unavailable'], params: { status: 502 } })
	})

	it('JSON that breaks off in the middle', async () => {
		const { diagnosis } = await visitSpoilt({
			status: 200,
			body: '{"name":"Blog","namespaces":["wp/v2"],<b>Fatal error</b>',
		})
		expect(diagnosis).toMatchObject({ code: specLabels['json.spoilt'], rung: 'api' })
	})

	it('JSON 100,000 levels deep', async () => {
		expect((await visitSpoilt({ status: 200, body: '['.repeat(100_000) })).code).toBe(specLabels['json.spoilt'])
	})

	it('F22 an API that is switched off in so many words', async () => {
		const error = { code: 'rest_disabled', message: 'Off', data: { status: 404 } }
		expect((await visitSpoilt(json(404, error))).code).toBe(specLabels['rest.blocked'])
	})

	it('Z50 wordpress.com by its name: nothing is asked', async () => {
		const zoo = await enclose(() => html(200, ''))
		const outcome = await visit('someone.wordpress.com', zoo)
		expect(outcome.code).toBe(specLabels['wpcom.unsupported'])
		expect(outcome.visits).toHaveLength(0)
	})

	it('Z50 a private site of wordpress.com, and one that announces its API', async () => {
		const error = { code: 'private_site', message: 'This site is private.', data: { status: 403 } }
		expect((await visitSpoilt(json(403, error))).code).toBe(specLabels['wpcom.unsupported'])
		const link = '<https://public-api.wordpress.com/wp-json/?rest_route=/sites/1>; rel="https://api.w.org/"'
		expect((await visitAnimal(() => html(200, MARKUP, { link }))).code).toBe(specLabels['wpcom.unsupported'])
	})

	it('an API root on another origin is not asked without consent', async () => {
		const link = '<https://other.example/wp-json/>; rel="https://api.w.org/"'
		const { diagnosis, visits } = await visitAnimal(() => html(200, MARKUP, { link }))
		expect(diagnosis).toMatchObject({
			code: specLabels['rest.other_origin'],
			params: { target: 'https://other.example' },
		})
		expect(visits).toHaveLength(1)
	})

	it('a site that sends everybody to its login page, the API included', async () => {
		const login: Animal = (seen) =>
			seen.url.startsWith('/wp-login.php')
				? html(200, '<form action="/wp-login.php"></form>')
				: redirect('/wp-login.php?redirect_to=x', 302)
		expect((await visitAnimal(login)).code).toBe(specLabels['rest.blocked'])
	})
})
