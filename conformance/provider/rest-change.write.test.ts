import { describe, expect, it } from 'vitest'
import { ask, mine, passwordsOf } from '../targets/ask-place.ts'
import { refusal } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Answer, Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const me = '/wp-json/wp/v2/users/me'
const appId = '6f2b1d1a-9c1e-5f0a-8b57-0d6c3b1f2a3e'

/** An administrator’s password, a subscriber’s, and who may change whose. */
async function changing(place: Place) {
	const admin = await place.issue('admin')
	const subscriber = await place.issue('subscriber')
	const rows = [
		{ who: 'an administrator, his own', asking: 'admin', owner: 'admin' },
		{ who: 'a subscriber, his own', asking: 'subscriber', owner: 'subscriber' },
		{ who: 'an administrator, somebody else’s', asking: 'admin', owner: 'subscriber' },
	] as const
	const headers = { admin: admin.basic, subscriber: subscriber.basic }
	return rows.filter(({ asking }) => place.mayManage(asking)).map((row) => ({ ...row, headers: headers[row.asking] }))
}

function expectDeleted(answer: Answer, uuid: string): void {
	expect(answer).toMatchObject({ status: 200, body: { deleted: true, previous: { uuid } } })
	const { previous } = Object(answer.body)
	expect(Object.keys(previous)).toEqual(['uuid', 'app_id', 'name', 'created', 'last_used', 'last_ip'])
}

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open, openNew } = placesOf(target)

	it('#128 #129 #130 renames', async () => {
		const place = await open()
		for (const { who, owner, headers } of await changing(place)) {
			const { uuid } = await place.issue(owner)
			const name = newName()
			const path = passwordsOf(place, owner, `/${uuid}`)
			const answer = await ask(place, path, { method: 'PUT', headers, json: { name } })
			expect(answer, who).toMatchObject({ status: 200, body: { uuid, name } })
			expect(answer.body).not.toHaveProperty('password')
			expect((await ask(place, path, { headers })).body).toMatchObject({ uuid, name })
		}
	})

	it('#131 renames by PATCH and POST as by PUT, and the secret goes on working', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const renamed = await place.issue('admin')
		for (const method of ['PATCH', 'POST', 'PUT']) {
			const name = newName()
			const answer = await ask(place, mine(`/${renamed.uuid}`), { method, headers, json: { name } })
			expect(answer, method).toMatchObject({ status: 200, body: { name } })
		}
		expect((await ask(place, me, { headers: renamed.basic })).status).toBe(200)
	})

	it('#136 never changes the app_id', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		for (const first of ['', appId]) {
			const { uuid } = await place.issue('admin', { appId: first })
			const other = '0d6c3b1f-9c1e-4f0a-8b57-6f2b1d1a2a3e'
			const answer = await ask(place, mine(`/${uuid}`), { method: 'PUT', headers, json: { app_id: other } })
			expect(answer).toMatchObject({ status: 200, body: { app_id: first } })
		}
	})

	it('#137 takes no change for a success', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const name = newName()
		const { uuid } = await place.issue('admin', { name })
		const answer = await ask(place, mine(`/${uuid}`), { method: 'PUT', headers, json: {} })
		expect(answer).toMatchObject({ status: 200, body: { uuid, name } })
	})

	it('#140 ends one, and gives it as it was', async () => {
		const place = await open()
		for (const { owner, headers } of await changing(place)) {
			const doomed = await place.issue(owner)
			const path = passwordsOf(place, owner, `/${doomed.uuid}`)
			expectDeleted(await ask(place, path, { method: 'DELETE', headers }), doomed.uuid)
			expect(await ask(place, path, { headers })).toMatchObject(refusal(404, 'rest_application_password_not_found'))
			expect(await ask(place, me, { headers: doomed.basic })).toMatchObject(refusal(401, 'incorrect_password'))
		}
	})

	it('#147 lets a password end itself, and refuses it from then on', async () => {
		const place = await open()
		await place.issue('admin')
		const { uuid, basic: headers } = await place.issue('admin')
		expectDeleted(await ask(place, mine(`/${uuid}`), { method: 'DELETE', headers }), uuid)
		expect(await ask(place, me, { headers })).toMatchObject(refusal(401, 'incorrect_password'))
	})

	it('#143 #146 ends all, and says how many they were: none, where there are none', async () => {
		const place = await openNew()
		const { basic: headers } = await place.issue('admin')
		const others = passwordsOf(place, 'editor')
		for (const count of [2, 0]) {
			for (let made = 0; made < count; made += 1) await place.issue('editor')
			const answer = await ask(place, others, { method: 'DELETE', headers })
			expect(answer).toMatchObject({ status: 200, body: { deleted: true, count } })
			expect((await ask(place, others, { headers })).body).toEqual([])
		}
		await place.issue('admin')
		const own = await ask(place, mine(), { method: 'DELETE', headers })
		expect(own).toMatchObject({ status: 200, body: { deleted: true, count: 2 } })
		expect((await ask(place, me, { headers })).status).toBe(401)
	})

	it('#144 ends all of one’s own by number, and somebody else’s by an administrator', async () => {
		const place = await openNew()
		for (const [asking, owner] of [
			['admin', 'subscriber'],
			['subscriber', 'subscriber'],
			['admin', 'admin'],
		] as const) {
			if (!place.mayManage(asking)) continue
			if (asking !== owner) await place.issue(owner)
			const { basic: headers } = await place.issue(asking)
			const answer = await ask(place, passwordsOf(place, owner), { method: 'DELETE', headers })
			expect(answer, `${asking} ${owner}`).toMatchObject({ status: 200, body: { deleted: true } })
		}
	})

	it('#148 ends one by POST with X-HTTP-Method-Override', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const { uuid } = await place.issue('admin')
		const overriding = { ...headers, 'X-HTTP-Method-Override': 'DELETE' }
		const answer = await ask(place, mine(`/${uuid}`), { method: 'POST', headers: overriding })
		expectDeleted(answer, uuid)
		const another = await place.issue('admin')
		const path = mine(`/${another.uuid}?_method=DELETE`)
		expectDeleted(await ask(place, path, { method: 'POST', headers }), another.uuid)
	})
})

describe.each(targets('wordpress'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#139 keeps the old name where nothing is left of the new one', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const { uuid } = await place.issue('admin', { name: 'Kept' })
		const json = { name: '<script>console.log("Hello")</script>' }
		const answer = await ask(place, mine(`/${uuid}`), { method: 'PUT', headers, json })
		expect(answer).toMatchObject({ status: 200, body: { name: 'Kept' } })
	})

	it('#148 ends one at a GET that says DELETE', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const { uuid } = await place.issue('admin')
		expectDeleted(await ask(place, mine(`/${uuid}?_method=DELETE`), { headers }), uuid)
	})
})

describe.each(targets('postern', 'package'))('$name, stricter than WordPress,', (target) => {
	const { open } = placesOf(target)

	it('#139 refuses a name of which nothing is left (WordPress: 200, unchanged)', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const { uuid } = await place.issue('admin', { name: 'Kept' })
		const json = { name: '<script>console.log("Hello")</script>' }
		const answer = await ask(place, mine(`/${uuid}`), { method: 'PUT', headers, json })
		expect(answer).toMatchObject(refusal(400, 'application_password_empty_name'))
	})

	it('#148 ends nothing at a GET that says DELETE (WordPress: does), and goes by the rights of DELETE', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const { uuid } = await place.issue('admin')
		await ask(place, mine(`/${uuid}?_method=DELETE`), { headers })
		await ask(place, mine(`/${uuid}`), { headers: { ...headers, 'X-HTTP-Method-Override': 'DELETE' } })
		expect((await ask(place, mine(`/${uuid}`), { headers })).status).toBe(200)
		const { basic: weak } = await place.issue('admin', { manages: false })
		const overriding = { ...weak, 'X-HTTP-Method-Override': 'DELETE' }
		const answer = await ask(place, mine(`/${uuid}`), { method: 'POST', headers: overriding })
		expect(answer).toMatchObject(refusal(403, 'rest_cannot_delete_application_password'))
	})
})
