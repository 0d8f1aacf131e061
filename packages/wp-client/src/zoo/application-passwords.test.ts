import { describe, expect, it } from 'vitest'
import { specLabels } from './spec-labels.testing.ts'
import { visit, visitWordpress } from './visit.testing.ts'
import { type Animal, enclose, html, json, redirect } from './zoo-server.testing.ts'
import { UUID, wordpress, WRONG } from './zoo-wordpress.testing.ts'

// The numbers are those of our specification of application passwords.

describe('application passwords, seen from the client', () => {
	it('67. users/me says rest_not_logged_in and nothing can tell more: "rejected or stripped", not "wrong password"', async () => {
		const { diagnosis } = await visitWordpress({ xmlRpc: 'off' }, { password: WRONG })
		expect(diagnosis).toMatchObject({ code: 'site-credential/rejected-or-stripped', certainty: 'likely' })
	})

	it('241. index `authentication` is [] over https: off, with the likely plugin (Z18)', async () => {
		const namespaces = ['oembed/1.0', 'wordfence/v1', 'wp/v2', 'wp-site-health/v1']
		const { diagnosis, discovered } = await visitWordpress({ applicationPasswords: 'off', namespaces })
		expect(diagnosis).toMatchObject({ code: specLabels['app_passwords.off'], rung: 'application-passwords' })
		expect(diagnosis?.params['plugin']).toContain('Wordfence')
		expect(discovered.ok ? undefined : discovered.site).toMatchObject({ title: 'The Zoo', applicationPasswords: 'off' })
	})

	it('241. index `authentication` is [] over plain http: no https (Z20)', async () => {
		const { animal } = wordpress()
		const zoo = await enclose(animal)
		const outcome = await visit(`http://blog.example:${zoo.httpPort}`, zoo)
		expect(outcome.code).toBe(specLabels['app_passwords.no_https'])
		// A plugin may have switched them off as well.
		expect(outcome.diagnosis?.alternatives).toEqual(['application-passwords/off'])
		expect(outcome.discovered.ok ? [] : outcome.discovered.site?.notes).toEqual([{ code: 'plain-http', params: {} }])
	})

	it('241. … over https, while WordPress thinks it is http: https is not recognized (F44)', async () => {
		const { code } = await visitWordpress({ applicationPasswords: 'off', announcesHttp: true })
		expect(code).toBe(specLabels['app_passwords.https_not_recognized'])
	})

	it('241. … on a WordPress before 5.6: too old', async () => {
		const { diagnosis } = await visitWordpress({ applicationPasswords: 'off', version: '5.5.3', namespaces: ['wp/v2'] })
		expect(diagnosis).toMatchObject({ code: specLabels['site.too_old'], params: { version: '5.5.3' } })
	})

	it('242. an index that is a challenge page: the bot check is named', async () => {
		const challenge = html(403, '<title>Just a moment...</title>', {
			'cf-mitigated': 'challenge',
			server: 'cloudflare',
		})
		const outcome = await visitWordpress({}, {}, (next) => (seen) => (seen.url === '/' ? next(seen) : challenge))
		expect(outcome.diagnosis).toMatchObject({ code: specLabels['edge.cloudflare'], params: { vendor: 'Cloudflare' } })
	})

	it('242. an index without JSON: REST is blocked or answers with a page', async () => {
		const page = html(403, '<title>Forbidden</title>')
		const outcome = await visitWordpress({}, {}, (next) => (seen) => (seen.url === '/' ? next(seen) : page))
		expect(outcome.diagnosis).toMatchObject({
			code: specLabels['edge.firewall'],
			alternatives: ['api/blocked'],
			rung: 'api',
		})
	})

	it('243. users/me 200 and introspect 200: verified, with uuid, roles and capabilities', async () => {
		const { verified } = await visitWordpress({ role: 'editor' })
		expect(verified).toMatchObject({ ok: true, value: { userId: 7, passwordUuid: UUID, roles: ['editor'] } })
		expect(verified?.ok === true && verified.value.permissions).toContain('edit-others')
	})

	it('243. … on WordPress 5.6, which cannot introspect: verified, with a note', async () => {
		const introspection = json(404, { code: 'rest_no_route', message: 'No route', data: { status: 404 } })
		const { verified } = await visitWordpress({ introspection })
		expect(verified?.ok === true && verified.value.notes).toEqual([{ code: 'introspection-missing', params: {} }])
		expect(verified?.ok === true && verified.value.passwordUuid).toBeUndefined()
	})

	it('244. users/me 200 but introspect 404: something else authenticated us', async () => {
		const introspection = json(404, { code: 'rest_no_authenticated_app_password', message: 'x', data: { status: 404 } })
		expect((await visitWordpress({ introspection })).code).toBe(specLabels['auth.not_what_authenticated'])
	})

	it('245. users/me 401, XML-RPC accepts the same credential: the header is stripped', async () => {
		expect((await visitWordpress({ stripsAuthorization: true })).code).toBe(specLabels['auth.header_stripped'])
	})

	it.each(['/users/me?', '/introspect'])(
		'246. a redirect while verifying (%s) ends it, and the header is never resent',
		async (part) => {
			const elsewhere: (next: Animal) => Animal = (next) => (seen) =>
				seen.url.includes(part) && seen.host === 'blog.example'
					? redirect(`https://other.example:${seen.headers.host?.split(':')[1]}/`)
					: next(seen)
			const outcome = await visitWordpress({}, {}, elsewhere)
			expect(outcome.diagnosis).toMatchObject({ code: specLabels['redirect.while_verifying'] })
			expect(outcome.diagnosis?.params['target']).toMatch(/^https:\/\/other\.example:\d+$/)
			expect(outcome.visits.every(({ host }) => host === 'blog.example')).toBe(true)
		},
	)

	it.each([
		['application_passwords_disabled', 'app_passwords.off'],
		['application_passwords_disabled_for_user', 'app_passwords.off_for_user'],
	] as const)('248. introspect 501 %s', async (code, label) => {
		const introspection = json(501, { code, message: 'x', data: { status: 501 } })
		expect((await visitWordpress({ introspection })).code).toBe(specLabels[label])
	})

	it.each([
		['application_passwords_disabled', 'app_passwords.off'],
		['application_passwords_disabled_for_user', 'app_passwords.off_for_user'],
	] as const)('248. users/me 401 %s', async (code, label) => {
		const refusal = json(401, { code, message: 'x', data: { status: 401 } })
		const outcome = await visitWordpress(
			{},
			{},
			(next) => (seen) => (seen.url.includes('/users/') ? refusal : next(seen)),
		)
		expect(outcome.code).toBe(specLabels[label])
	})

	it.each([
		['javascript:alert(1)', 'malformed'],
		['https://phish.test/wp-admin/authorize-application.php', 'other-origin'],
		['http://blog.example/wp-admin/authorize-application.php', 'other-origin'],
		['https://me:pw@blog.example/', 'malformed'],
	])('an announced approval page at %s is dropped', async (authorization, reason) => {
		const outcome = await visitWordpress({}, {}, (next) => (seen) => {
			if (seen.url !== '/wp-json/') return next(seen)
			const authentication = { 'application-passwords': { endpoints: { authorization } } }
			return json(200, { name: 'x', url: '', home: '', namespaces: ['wp/v2'], authentication })
		})
		const site = outcome.discovered.ok ? outcome.discovered.value : undefined
		expect(site?.authorizationEndpoint).toBeUndefined()
		expect(site?.authorizationEndpointDropped).toBe(reason)
	})
})
