import { describe, expect, it } from 'vitest'
import { ask, mine, passwordsOf } from '../targets/ask-place.ts'
import { isBefore } from '../targets/differences.ts'
import { refusal, refusedParameter } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import { targets } from '../targets/targets.ts'

const uuid = '6f2b1d1a-9c1e-5f0a-8b57-0d6c3b1f2a3e'

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#113 makes none for an administrator at a subscriber’s wish', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('subscriber')
		const answer = await ask(place, passwordsOf(place, 'admin'), { headers, json: { name: newName() } })
		expect(answer).toMatchObject(refusal(403, 'rest_cannot_create_application_passwords'))
	})

	it('#114 makes none for a number that nobody has', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		for (const id of [0, 4_294_967]) {
			const path = `/wp-json/wp/v2/users/${id}/application-passwords`
			const answer = await ask(place, path, { headers, json: { name: newName() } })
			expect(answer).toMatchObject(refusal(404, 'rest_user_invalid_id'))
		}
	})

	it('#115 makes none for a visitor', async () => {
		const place = await open()
		const json = { name: newName() }
		expect(await ask(place, mine(), { json })).toMatchObject(refusal(401, 'rest_not_logged_in'))
		const byId = await ask(place, passwordsOf(place, 'admin'), { json })
		expect(byId).toMatchObject(refusal(401, 'rest_cannot_create_application_passwords'))
	})

	it('#120 asks for a name, of visitors too', async () => {
		const place = await open()
		const { basic } = await place.issue('admin')
		for (const headers of [basic, {}]) {
			const answer = await ask(place, mine(), { headers, json: {} })
			expect(answer).toMatchObject(refusal(400, 'rest_missing_callback_param'))
		}
	})

	it.each([
		['empty', '', 'rest_too_short'],
		['of blanks', '   ', 'rest_invalid_pattern'],
		['that is a number', 7, 'rest_invalid_type'],
		['that is a list', ['a'], 'rest_invalid_type'],
	] as const)('#121 takes no name %s', async (_what, name, kind) => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine(), { headers, json: { name } })
		expect(answer).toMatchObject(refusedParameter('name', kind))
	})

	it('#7 #122 takes no name of which nothing is left after cleaning', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine(), { headers, json: { name: '<script>console.log("Hello")</script>' } })
		expect(answer).toMatchObject(refusal(400, 'application_password_empty_name'))
	})

	it.each([
		['a word', 'nope'],
		['in capitals', uuid.toUpperCase()],
		['with urn:uuid:', `urn:uuid:${uuid}`],
	] as const)('#20 #123 takes no app_id %s', async (_what, app_id) => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine(), { headers, json: { name: newName(), app_id } })
		if (isBefore('app_id that is none', target)) expect(answer).toMatchObject(refusal(400, 'rest_invalid_param'))
		else expect(answer).toMatchObject(refusedParameter('app_id', 'rest_no_matching_schema'))
	})

	it('#123 takes null for no app_id either, but for WordPress up to 7.0', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine(), { headers, json: { name: newName(), app_id: null } })
		if (isBefore('app_id that is null', target)) expect(answer.status).toBe(201)
		else expect(answer).toMatchObject(refusedParameter('app_id', 'rest_no_matching_schema'))
	})

	it('#125 says that broken JSON is none', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const sent = { headers: { ...headers, 'Content-Type': 'application/json' }, body: '{"name":' }
		expect(await ask(place, mine(), sent)).toMatchObject(refusal(400, 'rest_invalid_json'))
	})

	it('#126 takes no part in batches', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const requests = [{ method: 'POST', path: '/wp/v2/users/me/application-passwords', body: { name: newName() } }]
		const answer = await ask(place, '/wp-json/batch/v1', { headers, json: { requests } })
		expect(answer).toMatchObject({
			status: 207,
			body: { responses: [{ status: 400, body: { code: 'rest_batch_not_allowed' } }] },
		})
	})
})

describe.each(targets('postern', 'package'))('$name, stricter than WordPress,', (target) => {
	const { open } = placesOf(target)

	it('#127 lets a password make, list, change and end others only if it was issued for that (WordPress: every one may)', async () => {
		const place = await open()
		const other = await place.issue('admin')
		const { uuid: own, basic: headers } = await place.issue('admin', { manages: false })
		const create = await ask(place, mine(), { headers, json: { name: newName() } })
		expect(create).toMatchObject(refusal(403, 'rest_cannot_create_application_passwords'))
		const list = await ask(place, mine(), { headers })
		expect(list).toMatchObject(refusal(403, 'rest_cannot_list_application_passwords'))
		const rename = await ask(place, mine(`/${own}`), { headers, json: { name: newName() } })
		expect(rename).toMatchObject(refusal(403, 'rest_cannot_edit_application_password'))
		const end = await ask(place, mine(`/${other.uuid}`), { method: 'DELETE', headers })
		expect(end).toMatchObject(refusal(403, 'rest_cannot_delete_application_password'))
		const endAll = await ask(place, mine(), { method: 'DELETE', headers })
		expect(endAll).toMatchObject(refusal(403, 'rest_cannot_delete_application_passwords'))
		// What it may: look at itself, and end itself.
		expect((await ask(place, mine('/introspect'), { headers })).status).toBe(200)
		expect((await ask(place, mine(`/${own}`), { method: 'DELETE', headers })).status).toBe(200)
	})

	it('#127 never lets one that manages make another that manages', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const made = await ask(place, mine(), { headers, json: { name: newName() } })
		expect(made.status).toBe(201)
		const child = { Authorization: `Basic ${btoa(`admin:${Object(made.body)['password']}`)}` }
		expect((await ask(place, '/wp-json/wp/v2/users/me', { headers: child })).status).toBe(200)
		const grandchild = await ask(place, mine(), { headers: child, json: { name: newName() } })
		expect(grandchild).toMatchObject(refusal(403, 'rest_cannot_create_application_passwords'))
	})

	it('#22 takes the name 0 (WordPress: empty), and none longer than 200 characters (WordPress: any)', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const zero = await ask(place, mine(), { headers, json: { name: '0' } })
		expect(zero).toMatchObject({ status: 201, body: { name: '0' } })
		expect((await ask(place, mine(), { headers, json: { name: 'a'.repeat(200) } })).status).toBe(201)
		expect((await ask(place, mine(), { headers, json: { name: 'a'.repeat(201) } })).status).toBe(400)
	})
})
