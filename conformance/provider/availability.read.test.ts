import { describe, expect, it } from 'vitest'
import { ask, callXmlRpc } from '../targets/ask-place.ts'
import { refusal } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'
import { startWordPress } from '../wordpress/start-wordpress.ts'
import { wordpressVersions } from '../wordpress/wordpress-options.ts'

const overTls = { 'X-Forwarded-Proto': 'https' }

async function announced(place: Pick<Place, 'url'>, headers = {}): Promise<unknown> {
	const { status, body } = await ask(place, '/wp-json/', { headers })
	expect(status).toBe(200)
	return typeof body === 'object' && body !== null && 'authentication' in body ? body.authentication : undefined
}

const endpointOf = (place: Place): object => ({
	'application-passwords': { endpoints: { authorization: `${place.url}/wp-admin/authorize-application.php` } },
})

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#33 #38 #76 works over plain http in a local environment, and announces where to ask for a password', async () => {
		const place = await open()
		expect(await announced(place)).toEqual(endpointOf(place))
		const { basic } = await place.issue('editor')
		expect(await ask(place, '/wp-json/wp/v2/users/me', { headers: basic })).toMatchObject({ status: 200 })
	})

	it('#34 #38 #76 in production over plain http announces nothing, as an empty list, and admits nobody', async () => {
		const place = await open({ environment: 'production' })
		expect(await announced(place)).toEqual([])
		const { basic } = await place.issue('editor')
		const me = await ask(place, '/wp-json/wp/v2/users/me', { headers: basic })
		expect(me).toMatchObject(refusal(401, 'rest_not_logged_in'))
	})

	it('#211 in production over plain http admits nobody to XML-RPC either', async () => {
		const place = await open({ environment: 'production' })
		const { password } = await place.issue('editor')
		const answer = await callXmlRpc(place, 'wp.getUsersBlogs', [place.people.editor.username, password])
		expect(answer).toMatchObject({ status: 200, kind: 'fault', code: 403 })
	})

	it('#32 works over TLS in production', async () => {
		const place = await open({ environment: 'production', isBehindProxy: true })
		expect(await announced(place, overTls)).toHaveProperty(['application-passwords', 'endpoints', 'authorization'])
		const { basic } = await place.issue('editor')
		const me = await ask(place, '/wp-json/wp/v2/users/me', { headers: { ...basic, ...overTls } })
		expect(me.status).toBe(200)
	})

	it('#37 takes nobody’s word for TLS but a configured proxy’s', async () => {
		const place = await open({ environment: 'production' })
		expect(await announced(place, overTls)).toEqual([])
	})

	it('#38 links to the API in every answer', async () => {
		const place = await open()
		for (const path of ['/wp-json/', '/wp-json/wp/v2/users/me']) {
			const { headers } = await ask(place, path)
			expect(headers.get('link')).toContain(`<${place.url}/wp-json/>; rel="https://api.w.org/"`)
		}
	})
})

describe.each(targets('wordpress', 'package'))('$name with a hook', (target) => {
	const { open } = placesOf(target)

	it('#35 is available over plain http in production when a hook says so', async () => {
		const place = await open({ environment: 'production', isForced: true })
		expect(await announced(place)).toEqual(endpointOf(place))
		const { basic } = await place.issue('editor')
		expect(await ask(place, '/wp-json/wp/v2/users/me', { headers: basic })).toMatchObject({ status: 200 })
	})

	it('#35 #38 is not available anywhere when a hook says so', async () => {
		const place = await open({ offFor: 'site' })
		expect(await announced(place)).toEqual([])
	})

	it('#39 is available for one person and not for another, as a hook decides', async () => {
		const place = await open({ offFor: 'subscriber' })
		const refused = await place.issue('subscriber')
		const admitted = await place.issue('editor')
		const me = '/wp-json/wp/v2/users/me'
		expect((await ask(place, me, { headers: admitted.basic })).status).toBe(200)
		const answer = await ask(place, me, { headers: refused.basic })
		expect(answer).toMatchObject(refusal(401, 'application_passwords_disabled_for_user'))
	})

	it('#211 answers XML-RPC with fault 403 where the feature is off, for the site or for a person', async () => {
		for (const offFor of ['site', 'subscriber'] as const) {
			const place = await open({ offFor })
			const { password } = await place.issue('subscriber')
			const answer = await callXmlRpc(place, 'wp.getUsersBlogs', [place.people.subscriber.username, password])
			expect(answer, offFor).toMatchObject({ status: 200, kind: 'fault', code: 403 })
		}
	})
})

describe.each(wordpressVersions)('WordPress %s', (version) => {
	it.each(['development', 'staging', 'odd'] as const)(
		'#34 takes the environment %s for production; we know none but local and production',
		async (environment) => {
			const site = await startWordPress({ version, permalinks: 'pretty', environment })
			try {
				expect(await announced(site)).toEqual([])
			} finally {
				await site.stop()
			}
		},
	)
})
