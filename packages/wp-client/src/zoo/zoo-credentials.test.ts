import { describe, expect, it } from 'vitest'
import { specLabels } from './spec-labels.testing.ts'
import { visitWordpress } from './visit.testing.ts'
import { html, json, type Page, redirect } from './zoo-server.testing.ts'
import { GROUPED, PASSWORD, WRONG } from './zoo-wordpress.testing.ts'

const refusal = (status: number, code: string, message = 'No.'): Page =>
	json(status, { code, message, data: { status } })

describe('credentials that do not work', () => {
	it('Z12 the server strips Authorization, XML-RPC is on: told apart for sure, with the server named', async () => {
		const outcome = await visitWordpress({ stripsAuthorization: true }, {}, (next) => (seen) => {
			const page = next(seen)
			return typeof page === 'function' ? page : { ...page, headers: { ...page.headers, server: 'Apache/2.4' } }
		})
		expect(outcome.diagnosis).toMatchObject({
			code: specLabels['auth.header_stripped'],
			certainty: 'sure',
			rung: 'login',
			params: { server: 'Apache/2.4' },
		})
	})

	it('Z13 the server strips Authorization, XML-RPC is off: rejected or stripped, likely, with both named', async () => {
		const { diagnosis, visits } = await visitWordpress({ stripsAuthorization: true, xmlRpc: 'off' })
		expect(diagnosis).toMatchObject({ code: specLabels['auth.rejected_or_stripped'], certainty: 'likely' })
		expect(diagnosis?.alternatives).toContain('site-credential/rejected')
		expect(diagnosis?.alternatives).toContain('site-credential/header-stripped')
		expect(diagnosis?.takesXmlRpcLogins, 'it is no way out').toBe(false)
		expect(visits.filter(({ url }) => url === '/xmlrpc.php')).toHaveLength(1)
	})

	it('Z15 wrong password, stock: WordPress itself says no, once', async () => {
		const { diagnosis, visits } = await visitWordpress({}, { password: WRONG })
		expect(diagnosis).toMatchObject({ code: specLabels['auth.rejected'], certainty: 'sure' })
		expect(visits.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1)
		expect(visits.filter(({ method }) => method === 'POST')).toHaveLength(1)
	})

	it('Z15 unknown user, stock', async () => {
		expect((await visitWordpress({}, { username: 'nobody' })).code).toBe(specLabels['auth.rejected'])
	})

	it.each(['hunter2!', 'Sommer2026', 'correct horse battery staple'])(
		'Z16 a login password typed (%s) is sent nowhere',
		async (password) => {
			const { diagnosis, visits } = await visitWordpress({}, { password })
			expect(diagnosis).toMatchObject({ code: specLabels['auth.looks_like_login_password'], evidence: [] })
			expect(visits.map(({ url }) => url)).toEqual(['/', '/wp-json/'])
			expect(visits.some(({ headers }) => headers.authorization !== undefined)).toBe(false)
		},
	)

	it.each([
		['yuki', WRONG, 'auth.wrong_password'],
		['nobody', GROUPED, 'auth.unknown_user'],
		['nobody@zoo.example', GROUPED, 'auth.unknown_user'],
	] as const)('Z17 a site that says precisely what is wrong: %s', async (username, password, label) => {
		const outcome = await visitWordpress({ isPrecise: true }, { username, password })
		expect(outcome.diagnosis).toMatchObject({ code: specLabels[label], certainty: 'sure', params: { username } })
		expect(outcome.visits.some(({ method }) => method === 'POST')).toBe(false)
		const mayBePlugin = label === 'auth.wrong_password'
		expect(outcome.diagnosis?.alternatives).toEqual(mayBePlugin ? ['site-credential/old-basic-auth'] : [])
	})

	it('Z25 a plugin that refuses valid credentials is named with its setting', async () => {
		const outcome = await visitWordpress({}, {}, (next) => (seen) => {
			const isRest = seen.url.startsWith('/wp-json')
			return isRest ? refusal(500, 'wp_die', 'You are not authorized to perform this action.') : next(seen)
		})
		expect(outcome.diagnosis).toMatchObject({ code: specLabels['rest.blocked'] })
		expect(outcome.diagnosis?.params['plugin']).toContain('Disallow unauthorized REST requests')
	})

	it('Z23 REST closed even with credentials', async () => {
		const outcome = await visitWordpress({}, {}, (next) => (seen) => {
			return seen.url.startsWith('/wp-json') ? refusal(401, 'rest_cannot_access') : next(seen)
		})
		expect(outcome.diagnosis).toMatchObject({ code: specLabels['rest.blocked'] })
		expect(outcome.diagnosis?.params['plugin']).toContain('Disable REST API')
	})

	it('Z23 REST closed to visitors, and a wrong password: the password is named, not the plugin', async () => {
		const outcome = await visitWordpress({ isClosedToVisitors: 'rest_cannot_access' }, { password: WRONG })
		expect(outcome.code).toBe(specLabels['auth.rejected'])
	})

	it('F22 a plugin that closes only the users routes', async () => {
		const outcome = await visitWordpress({}, {}, (next) => (seen) => {
			return seen.url.includes('/users') ? refusal(404, 'rest_no_route') : next(seen)
		})
		expect(outcome.code).toBe(specLabels['rest.blocked'])
	})

	it('Z28 a subscriber may not even draft', async () => {
		const outcome = await visitWordpress({ role: 'subscriber' })
		expect(outcome.diagnosis).toMatchObject({
			code: specLabels['perm.role_too_low'],
			rung: 'permissions',
			params: { username: 'yuki', role: 'subscriber' },
		})
	})

	it('Z29 a member of the network, not of this site', async () => {
		const nobody = { user: { roles: [], capabilities: [] }, introspection: refusal(404, 'rest_user_invalid_id') }
		expect((await visitWordpress(nobody)).code).toBe(specLabels['perm.not_a_member'])
	})

	it('Z41 a cache that gives the last signed-in answer to everybody', async () => {
		let kept: Page | undefined
		const outcome = await visitWordpress({}, {}, (next) => (seen) => {
			if (!seen.url.includes('users/me?')) return next(seen)
			const page = next(seen)
			if (typeof page !== 'function' && page.status === 200) kept = page
			return kept ?? page
		})
		expect(outcome.diagnosis).toMatchObject({ code: specLabels['cache.shares_identity'], rung: 'login' })
	})

	it('Z41 a cache that keys by the whole address is found out as well', async () => {
		const kept = new Map<string, Page>()
		const outcome = await visitWordpress({}, {}, (next) => (seen) => {
			const page = kept.get(seen.url) ?? next(seen)
			if (typeof page !== 'function' && page.status === 200) kept.set(seen.url, page)
			return page
		})
		expect(outcome.code).toBe(specLabels['cache.shares_identity'])
	})

	it('F49 a lock-out ends it at once: nothing is asked again', async () => {
		const block = html(
			503,
			'<title>Your access to this site has been limited</title><p>Generated by Wordfence at now</p>',
			{ 'retry-after': '900' },
		)
		const outcome = await visitWordpress(
			{},
			{},
			(next) => (seen) => (seen.url.includes('/users/') ? block : next(seen)),
		)
		expect(outcome.code).toBe(specLabels['auth.locked_out'])
		const retryAt = Date.parse(String(outcome.diagnosis?.params['retryAt']))
		expect(Math.abs(retryAt - Date.now() - 900_000)).toBeLessThan(10_000)
		expect(outcome.visits.filter(({ url }) => url.includes('/users/') || url.includes('xmlrpc'))).toHaveLength(1)
	})

	it('a site that repeats the credential wherever it can finds no ear', async () => {
		const echo = `${PASSWORD} ${GROUPED} ${Buffer.from(`yuki:${PASSWORD}`).toString('base64')}`
		const outcome = await visitWordpress(
			{ user: { name: echo, roles: [PASSWORD, 'author'] }, introspection: json(200, { uuid: PASSWORD, name: echo }) },
			{},
			(next) => (seen) => {
				const page = next(seen)
				const headers = { server: GROUPED, 'x-cache': PASSWORD, 'retry-after': PASSWORD }
				return typeof page === 'function' || seen.headers.authorization === undefined
					? page
					: { ...page, headers: { ...page.headers, ...headers } }
			},
		)
		expect(outcome.code).toBe('ok')
		expect(JSON.stringify(outcome.verified)).toContain('[secret]')
	})

	it('nor does one that hides it in a redirect, a page title or an error', async () => {
		for (const page of [
			redirect(`https://${PASSWORD}.evil.example/${PASSWORD}?p=${PASSWORD}`),
			html(403, `<title>${GROUPED} is wrong</title>`),
			html(200, `<title>${PASSWORD}</title>`),
			refusal(403, PASSWORD, PASSWORD),
			{ status: 200, body: `{"a": "${PASSWORD}", broken ${GROUPED}` },
		]) {
			const outcome = await visitWordpress(
				{},
				{},
				(next) => (seen) => (seen.url.includes('/users/') ? page : next(seen)),
			)
			expect(outcome.code).not.toBe('ok')
			expect(JSON.stringify(outcome.diagnosis).toLowerCase()).not.toContain(PASSWORD.toLowerCase())
		}
	})
})
