import { describe, expect, it } from 'vitest'
import { ask, basic, mine, passwordsOf } from '../targets/ask-place.ts'
import { isBefore } from '../targets/differences.ts'
import { shownPassword, uuidV4 } from '../targets/expected.ts'
import { newName } from '../targets/new-name.ts'
import { placesOf } from '../targets/open-places.ts'
import { targets } from '../targets/targets.ts'

const me = '/wp-json/wp/v2/users/me'
const appId = '6f2b1d1a-9c1e-5f0a-8b57-0d6c3b1f2a3e'

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open } = placesOf(target)

	it('#109 #117 makes one, and answers with its secret in groups of four; nobody has used it yet', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const name = newName()
		const answer = await ask(place, mine(), { headers, json: { name, app_id: appId } })
		const record = { uuid: uuidV4, name, app_id: appId, last_used: null, last_ip: null, password: shownPassword }
		expect(answer).toMatchObject({ status: 201, body: record })
	})

	it('#110 #111 #112 makes one by number, for oneself and by an administrator for others, that its owner can use', async () => {
		const place = await open()
		const admin = await place.issue('admin')
		const subscriber = await place.issue('subscriber')
		for (const [asking, owner] of [
			['admin', 'admin'],
			['subscriber', 'subscriber'],
			['admin', 'subscriber'],
		] as const) {
			if (!place.mayManage(asking)) continue
			const headers = asking === 'admin' ? admin.basic : subscriber.basic
			const answer = await ask(place, passwordsOf(place, owner), { headers, json: { name: newName() } })
			expect(answer, `${asking} for ${owner}`).toMatchObject({ status: 201, body: { password: shownPassword } })
			const own = basic(place.people[owner].username, String(Object(answer.body)['password']))
			const used = await ask(place, me, { headers: own })
			expect(used).toMatchObject({ status: 200, body: { id: place.people[owner].id } })
		}
	})

	it('#116 says where it is, by the owner’s number', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine(), { headers, json: { name: newName() } })
		const { uuid, _links } = Object(answer.body)
		const href = `${place.url}${passwordsOf(place, 'admin', `/${uuid}`)}`
		expect([answer.headers.get('location'), _links.self[0].href]).toEqual([href, href])
		expect((await ask(place, new URL(href).pathname, { headers })).status).toBe(200)
	})

	it('#118 takes a form as well', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const name = newName()
		const answer = await ask(place, mine(), { headers, form: { name, app_id: appId } })
		expect(answer).toMatchObject({ status: 201, body: { name, app_id: appId } })
	})

	it('#21 #180 cleans the name', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const name = newName()
		const answer = await ask(place, mine(), { headers, json: { name: `  <i>${name}</i>\t 5 < 6 ` } })
		expect(answer).toMatchObject({ status: 201, body: { name: `${name} 5 &lt; 6` } })
	})

	it('#123 takes an empty app_id for none, but for WordPress up to 7.0', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const answer = await ask(place, mine(), { headers, json: { name: newName(), app_id: '' } })
		if (isBefore('app_id may be empty', target)) expect(answer.status).toBe(400)
		else expect(answer).toMatchObject({ status: 201, body: { app_id: '' } })
	})

	it('#124 lets nobody choose what is read only', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const chosen = { uuid: appId, password: 'abcd', created: '2001-01-01T00:00:00', last_ip: '192.0.2.1' }
		const answer = await ask(place, mine(), { headers, json: { name: newName(), ...chosen } })
		expect(answer.status).toBe(201)
		const { uuid, created, last_ip, password } = Object(answer.body)
		expect(last_ip).toBeNull()
		expect([uuid, created, password]).not.toContain(chosen.uuid)
		expect(created).not.toBe(chosen.created)
		expect(password).toEqual(shownPassword)
	})
})
