import { describe, expect, it } from 'vitest'
import { ask, mine, passwordsOf } from '../targets/ask-place.ts'
import { refusal, refusedParameter } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import { targets } from '../targets/targets.ts'

const unknown = '6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e'

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#85 #86 lists nobody else’s passwords to a subscriber or an editor', async () => {
		const place = await open()
		for (const [asking, owner] of [
			['subscriber', 'admin'],
			['editor', 'subscriber'],
		] as const) {
			const { basic: headers } = await place.issue(asking)
			const answer = await ask(place, passwordsOf(place, owner), { headers })
			expect(answer, asking).toMatchObject(refusal(403, 'rest_cannot_list_application_passwords'))
		}
	})

	it('#87 #88 lists nothing to a visitor', async () => {
		const place = await open()
		expect(await ask(place, mine())).toMatchObject(refusal(401, 'rest_not_logged_in'))
		const byId = await ask(place, passwordsOf(place, 'admin'))
		expect(byId).toMatchObject(refusal(401, 'rest_cannot_list_application_passwords'))
	})

	it('#89 #90 #97 knows no user of number 0 or of one that nobody has', async () => {
		const place = await open()
		const { uuid, basic: headers } = await place.issue('admin')
		for (const id of [0, 4_294_967])
			for (const rest of ['', `/${uuid}`]) {
				const answer = await ask(place, `/wp-json/wp/v2/users/${id}/application-passwords${rest}`, { headers })
				expect(answer).toMatchObject(refusal(404, 'rest_user_invalid_id'))
			}
	})

	it('#91 #100 knows no route for a user or a uuid of another shape', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const paths = ['/wp-json/wp/v2/users/abc/application-passwords', mine('/a.b')]
		for (const path of paths) expect(await ask(place, path, { headers })).toMatchObject(refusal(404, 'rest_no_route'))
	})

	it('#95 gives a subscriber nothing of an administrator’s', async () => {
		const place = await open()
		const { uuid } = await place.issue('admin')
		const { basic: headers } = await place.issue('subscriber')
		const answer = await ask(place, passwordsOf(place, 'admin', `/${uuid}`), { headers })
		expect(answer).toMatchObject(refusal(403, 'rest_cannot_read_application_password'))
	})

	it('#96 gives a visitor nothing', async () => {
		const place = await open()
		const { uuid } = await place.issue('admin')
		expect(await ask(place, mine(`/${uuid}`))).toMatchObject(refusal(401, 'rest_not_logged_in'))
		const byId = await ask(place, passwordsOf(place, 'admin', `/${uuid}`))
		expect(byId).toMatchObject(refusal(401, 'rest_cannot_read_application_password'))
	})

	it('#98 finds nothing under a uuid that nobody has', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine(`/${unknown}`), { headers })
		expect(answer).toMatchObject(refusal(404, 'rest_application_password_not_found'))
	})

	it('#104 takes no context but the three, also from visitors', async () => {
		const place = await open()
		const { basic } = await place.issue('admin')
		for (const headers of [basic, {}]) {
			const answer = await ask(place, mine('?context=all'), { headers })
			expect(answer).toMatchObject(refusedParameter('context', 'rest_not_in_enum'))
		}
	})

	it('#151 introspects for nobody but the one who asks', async () => {
		const place = await open()
		const code = 'rest_cannot_introspect_app_password_for_non_authenticated_user'
		const { basic: headers } = await place.issue('admin')
		const path = passwordsOf(place, 'subscriber', '/introspect')
		expect(await ask(place, path, { headers })).toMatchObject(refusal(403, code))
		expect(await ask(place, path)).toMatchObject(refusal(401, code))
	})

	it('#150 introspects nothing for a visitor', async () => {
		const place = await open()
		expect(await ask(place, mine('/introspect'))).toMatchObject(refusal(401, 'rest_not_logged_in'))
	})

	it('#154 introspects by GET only', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine('/introspect'), { headers, json: { name: 'Introspect' } })
		expect(answer).toMatchObject(refusal(404, 'rest_application_password_not_found'))
	})
})

describe.each(targets('wordpress'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#90 tells visitors too which numbers nobody has', async () => {
		const place = await open()
		const answer = await ask(place, '/wp-json/wp/v2/users/4294967/application-passwords')
		expect(answer).toMatchObject(refusal(404, 'rest_user_invalid_id'))
	})
})

describe.each(targets('postern', 'package'))('$name, stricter than WordPress,', (target) => {
	const { open } = placesOf(target)

	it('#90 tells visitors of a number that nobody has the same as of any other (WordPress: 404)', async () => {
		const place = await open()
		const answer = await ask(place, '/wp-json/wp/v2/users/4294967/application-passwords')
		expect(answer).toMatchObject(refusal(401, 'rest_cannot_list_application_passwords'))
	})
})

describe.each(targets('wordpress', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#92 is not implemented where the feature is off, also for visitors', async () => {
		const place = await open({ offFor: 'site' })
		for (const path of [mine(), passwordsOf(place, 'admin')])
			expect(await ask(place, path)).toMatchObject(refusal(501, 'application_passwords_disabled'))
	})

	it('#152 introspects nothing for whoever is signed in otherwise', async () => {
		const place = await open()
		const headers = await place.sessionOf('editor')
		const answer = await ask(place, mine('/introspect'), { headers })
		expect(answer).toMatchObject(refusal(404, 'rest_no_authenticated_app_password'))
	})

	it('#153 has nothing to introspect when the password vanished meanwhile', async () => {
		const place = await open({ vanishes: true })
		const { basic: headers } = await place.issue('editor')
		const answer = await ask(place, mine('/introspect'), { headers })
		expect(answer).toMatchObject(refusal(500, 'rest_application_password_not_found'))
	})
})
