import { describe, expect, it } from 'vitest'
import { ask, mine, passwordsOf } from '../targets/ask-place.ts'
import { refusal, refusedParameter } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import { targets } from '../targets/targets.ts'

const unknown = '6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e'
const edit = { method: 'PUT', json: { name: 'Another' } }
const end = { method: 'DELETE' }

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#132 #141 #145 lets a subscriber change and end nothing of an administrator’s', async () => {
		const place = await open()
		const { uuid } = await place.issue('admin')
		const { basic: headers } = await place.issue('subscriber')
		const path = passwordsOf(place, 'admin', `/${uuid}`)
		expect(await ask(place, path, { headers, ...edit })).toMatchObject(
			refusal(403, 'rest_cannot_edit_application_password'),
		)
		expect(await ask(place, path, { headers, ...end })).toMatchObject(
			refusal(403, 'rest_cannot_delete_application_password'),
		)
		expect(await ask(place, passwordsOf(place, 'admin'), { headers, ...end })).toMatchObject(
			refusal(403, 'rest_cannot_delete_application_passwords'),
		)
	})

	it('#133 #142 #145 lets a visitor change and end nothing', async () => {
		const place = await open()
		const { uuid } = await place.issue('admin')
		for (const asked of [edit, end])
			expect(await ask(place, mine(`/${uuid}`), asked)).toMatchObject(refusal(401, 'rest_not_logged_in'))
		expect(await ask(place, mine(), end)).toMatchObject(refusal(401, 'rest_not_logged_in'))
		const byId = passwordsOf(place, 'admin', `/${uuid}`)
		expect(await ask(place, byId, edit)).toMatchObject(refusal(401, 'rest_cannot_edit_application_password'))
		expect(await ask(place, byId, end)).toMatchObject(refusal(401, 'rest_cannot_delete_application_password'))
		const all = await ask(place, passwordsOf(place, 'admin'), end)
		expect(all).toMatchObject(refusal(401, 'rest_cannot_delete_application_passwords'))
	})

	it('#134 #142 #145 knows no user of number 0 or of one that nobody has', async () => {
		const place = await open()
		const { uuid, basic: headers } = await place.issue('admin')
		for (const id of [0, 4_294_967]) {
			const path = `/wp-json/wp/v2/users/${id}/application-passwords`
			for (const asked of [edit, end])
				expect(await ask(place, `${path}/${uuid}`, { headers, ...asked })).toMatchObject(
					refusal(404, 'rest_user_invalid_id'),
				)
			expect(await ask(place, path, { headers, ...end })).toMatchObject(refusal(404, 'rest_user_invalid_id'))
		}
	})

	it('#135 #142 finds nothing to change or to end under a uuid that nobody has', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		for (const asked of [edit, end])
			expect(await ask(place, mine(`/${unknown}`), { headers, ...asked })).toMatchObject(
				refusal(404, 'rest_application_password_not_found'),
			)
	})

	it('#138 takes no empty name and none of blanks', async () => {
		const place = await open()
		const { uuid, basic: headers } = await place.issue('admin')
		for (const [name, kind] of [
			['', 'rest_too_short'],
			['   ', 'rest_invalid_pattern'],
		] as const) {
			const answer = await ask(place, mine(`/${uuid}`), { method: 'PUT', headers, json: { name } })
			expect(answer).toMatchObject(refusedParameter('name', kind))
		}
	})

	it('#155 knows no PUT and no PATCH on the collection', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		for (const method of ['PUT', 'PATCH']) {
			const answer = await ask(place, mine(), { method, headers, json: { name: newName() } })
			expect(answer).toMatchObject(refusal(404, 'rest_no_route'))
		}
	})
})
