import { describe, expect, it } from 'vitest'
import { ask, basic, mine, passwordsOf } from '../targets/ask-place.ts'
import { refusal, uuidV4 } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import { isBefore } from '../targets/differences.ts'
import { targets } from '../targets/targets.ts'

const me = '/wp-json/wp/v2/users/me'

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open, openNew } = placesOf(target)

	it('#1 makes a record with these seven properties, in this order, and a secret', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const { body } = await ask(place, mine(), { headers, json: { name: 'Seven' } })
		const { _links, ...record } = Object(body)
		expect(Object.keys(record)).toEqual(['uuid', 'app_id', 'name', 'created', 'last_used', 'last_ip', 'password'])
		expect(record).toMatchObject({ uuid: uuidV4, app_id: '', name: 'Seven', last_used: null, last_ip: null })
	})

	it('#18 makes secrets of 24 letters and digits, each another', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const secrets = new Set<string>()
		for (let made = 1; made <= 5; made += 1) {
			const { body } = await ask(place, mine(), { headers, json: { name: `Secret ${made}` } })
			secrets.add(String(Object(body)['password']).replaceAll(' ', ''))
		}
		expect(secrets.size).toBe(5)
		for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{24}$/)
	})

	it('#2 takes a third name beside two others', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		for (const name of ['First', 'Second', 'Third'])
			expect((await ask(place, mine(), { headers, json: { name } })).status).toBe(201)
	})

	it('#3 takes a name twice, but for WordPress up to 6.6', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const json = { name: 'Twice' }
		expect((await ask(place, mine(), { headers, json })).status).toBe(201)
		const again = await ask(place, mine(), { headers, json })
		if (isBefore('duplicate names', target))
			expect(again).toMatchObject(refusal(409, 'application_password_duplicate_name'))
		else expect(again.status).toBe(201)
	})

	it('#24 #147 keeps the order when one in the middle is deleted, and refuses that one from then on', async () => {
		const place = await openNew()
		const issued = []
		for (const name of ['a', 'b', 'c']) issued.push(await place.issue('admin', { name }))
		const [a, b, c] = issued
		const deleted = await ask(place, mine(`/${b?.uuid}`), { method: 'DELETE', headers: b?.basic ?? {} })
		expect(deleted.status).toBe(200)
		const list = await ask(place, mine(), { headers: a?.basic ?? {} })
		expect(list.body).toMatchObject([{ uuid: a?.uuid }, { uuid: c?.uuid }])
		expect(await ask(place, me, { headers: b?.basic ?? {} })).toMatchObject(refusal(401, 'incorrect_password'))
		expect((await ask(place, me, { headers: c?.basic ?? {} })).status).toBe(200)
	})

	it('#25 notes when and from where it was used first', async () => {
		const place = await open()
		const { basic: headers, uuid } = await place.issue('admin')
		const before = Date.now()
		const read = async () => Object((await ask(place, mine(`/${uuid}`), { headers })).body)
		await read()
		// We note it without making the answer wait.
		await expect.poll(async () => (await read()).last_used).not.toBeNull()
		const { last_used, last_ip } = await read()
		const used = Date.parse(`${last_used}Z`)
		expect(used).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000)
		expect(used).toBeLessThanOrEqual(Date.now())
		expect(last_ip).toMatch(/^(127\.0\.0\.1|::1)$/)
	})

	it('#29 goes with its owner, whose name is unknown from then on', async () => {
		const place = await openNew()
		const { password, basic: headers } = await place.issue('editor')
		expect((await ask(place, me, { headers })).status).toBe(200)
		const { id } = place.people.editor
		await place.removePerson('editor')
		expect(await ask(place, me, { headers })).toMatchObject(refusal(401, 'invalid_username'))
		const byEmail = basic(place.people.editor.email, password)
		expect(await ask(place, me, { headers: byEmail })).toMatchObject(refusal(401, 'invalid_email'))
		const { basic: admin } = await place.issue('admin')
		const list = await ask(place, `/wp-json/wp/v2/users/${id}/application-passwords`, { headers: admin })
		expect(list).toMatchObject(refusal(404, 'rest_user_invalid_id'))
	})
})

describe.each(targets('wordpress', 'postern'))('$name with accounts', (target) => {
	const { openNew } = placesOf(target)

	it('#28 goes on working when the account’s password changes', async () => {
		const place = await openNew()
		const { basic: headers } = await place.issue('editor')
		await place.changeAccountPassword('editor')
		expect((await ask(place, me, { headers })).status).toBe(200)
	})
})

describe.each(targets('wordpress', 'package'))('$name below every wire', (target) => {
	const { open, openNew } = placesOf(target)

	it('#4 #5 #6 #7 makes none without a name, and none whose name is nothing after cleaning', async () => {
		const domain = (await open()).domain()
		const app_id = '6f2b1d1a-9c1e-4f0a-8b57-0d6c3b1f2a3e'
		for (const values of [{}, { app_id }, { name: '   ' }, { name: '<script>console.log("Hello")</script>' }])
			expect(await domain.create('editor', values)).toBe('application_password_empty_name')
	})

	it('#8 knows whether a name exists, in any letter case', async () => {
		const place = await open()
		for (const name of ['App 1', 'Some Test', 'Baz']) await place.issue('editor', { name })
		const exists = (name: string) => place.domain().nameExists('editor', name)
		for (const name of ['App 1', 'app 1', 'SOME TEST', 'baz']) expect(await exists(name), name).toBe(true)
		for (const name of ['test1', 'baz-not-created']) expect(await exists(name), name).toBe(false)
	})

	it('#9 #10 #11 changes nothing but the name, and takes no change for a success', async () => {
		const place = await open()
		const domain = place.domain()
		const { uuid, basic: headers } = await place.issue('admin', { name: 'Before' })
		const read = async () => {
			const { last_used: _used, last_ip: _ip, ...rest } = Object((await ask(place, mine(`/${uuid}`), { headers })).body)
			return rest
		}
		const before = await read()
		for (const changes of [{}, { name: 'Before' }]) {
			expect(await domain.update('admin', uuid, changes)).toBe('ok')
			expect(await read()).toEqual(before)
		}
		expect(await domain.update('admin', uuid, { name: 'After' })).toBe('ok')
		expect(await read()).toEqual({ ...before, name: 'After' })
	})

	it('#12 finds no record to change under an empty uuid', async () => {
		const place = await open()
		await place.issue('admin')
		expect(await place.domain().update('admin', '', { name: 'New' })).toBe('application_password_not_found')
	})

	it('#26 moves “last used” after 24 hours and no earlier', async () => {
		const place = await open()
		const { basic: headers } = await place.issue('admin')
		const ipAfterUse = async (secondsAgo: number) => {
			const { uuid, basic: own } = await place.issue('admin')
			await place.domain().pretendUsed('admin', uuid, secondsAgo)
			await ask(place, me, { headers: own })
			return Object((await ask(place, mine(`/${uuid}`), { headers })).body)['last_ip']
		}
		// A few seconds to spare on this side, because time goes on in between.
		expect(await ipAfterUse(86_390)).toBe('192.0.2.1')
		for (const secondsAgo of [86_400, 86_401]) expect(await ipAfterUse(secondsAgo)).toMatch(/^(127\.0\.0\.1|::1)$/)
	})

	it('#31 #119 knows from the first one on that passwords are in use, also after all are gone', async () => {
		const place = await openNew()
		expect(await place.domain().isInUse()).toBe(false)
		const { basic: headers } = await place.issue('admin')
		expect(await place.domain().isInUse()).toBe(true)
		expect((await ask(place, passwordsOf(place, 'admin'), { method: 'DELETE', headers })).status).toBe(200)
		expect(await place.domain().isInUse()).toBe(true)
	})
})
