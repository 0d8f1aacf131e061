import { describe, expect, it } from 'vitest'
import { ask, mine, passwordsOf } from '../targets/ask-place.ts'
import { isBefore } from '../targets/differences.ts'
import { wireDate } from '../targets/expected.ts'
import { placesOf } from '../targets/open-places.ts'
import type { Issued, Place } from '../targets/target.ts'
import { targets } from '../targets/targets.ts'

const properties = ['app_id', 'created', 'last_ip', 'last_used', 'name', 'password', 'uuid']

async function issueTo(place: Place): Promise<Readonly<Record<'admin' | 'subscriber', Issued>>> {
	return { admin: await place.issue('admin'), subscriber: await place.issue('subscriber') }
}

describe.each(targets('wordpress', 'postern', 'package'))('$name', (target) => {
	const { open, openNew } = placesOf(target)

	it('#82 #83 lists one’s own by “me” and by id, without secrets, to whoever may manage with a password', async () => {
		const place = await openNew()
		const issued = await issueTo(place)
		for (const person of ['admin', 'subscriber'] as const) {
			if (!place.mayManage(person)) continue
			const { uuid, basic: headers } = issued[person]
			for (const path of [mine(), passwordsOf(place, person)]) {
				const answer = await ask(place, path, { headers })
				expect(answer).toMatchObject({ status: 200, body: [{ uuid }] })
				expect(answer.body).toHaveLength(1)
				expect(answer.text).not.toContain('password":')
			}
		}
	})

	it('#84 lists somebody else’s to an administrator', async () => {
		const place = await openNew()
		const { admin, subscriber } = await issueTo(place)
		const answer = await ask(place, passwordsOf(place, 'subscriber'), { headers: admin.basic })
		expect(answer).toMatchObject({ status: 200, body: [{ uuid: subscriber.uuid }] })
	})

	it('#94 #99 gives one by “me”, by id, and of somebody else to an administrator, but never under the wrong owner', async () => {
		const place = await open()
		const { admin, subscriber } = await issueTo(place)
		const headers = admin.basic
		for (const path of [mine(`/${admin.uuid}`), passwordsOf(place, 'admin', `/${admin.uuid}`)])
			expect(await ask(place, path, { headers })).toMatchObject({ status: 200, body: { uuid: admin.uuid } })
		const other = await ask(place, passwordsOf(place, 'subscriber', `/${subscriber.uuid}`), { headers })
		expect(other).toMatchObject({ status: 200, body: { uuid: subscriber.uuid } })
		const wrong = await ask(place, passwordsOf(place, 'subscriber', `/${admin.uuid}`), { headers })
		expect(wrong).toMatchObject({ status: 404, body: { code: 'rest_application_password_not_found' } })
	})

	it('#101 describes itself to OPTIONS, without a login: contexts, and the seven properties', async () => {
		const place = await open()
		const answer = await ask(place, mine(), { method: 'OPTIONS' })
		expect(answer.status).toBe(200)
		const { endpoints, schema } = Object(answer.body)
		expect(endpoints[0].args.context).toMatchObject({ default: 'view', enum: ['view', 'embed', 'edit'] })
		expect(schema.title).toBe('application-password')
		expect(Object.keys(schema.properties).toSorted()).toEqual(properties)
	})

	it('#108 has three handlers for the collection, three for the item, and one for introspection', async () => {
		const place = await open()
		const { uuid, basic: headers } = await place.issue('admin')
		const methods = async (path: string) => {
			const { body } = await ask(place, path, { method: 'OPTIONS', headers })
			return Object(body)['endpoints'].map((one: { methods: readonly string[] }) => one.methods)
		}
		expect(await methods(mine())).toEqual([['GET'], ['POST'], ['DELETE']])
		expect(await methods(mine(`/${uuid}`))).toEqual([['GET'], ['POST', 'PUT', 'PATCH'], ['DELETE']])
		expect((await methods(mine('/introspect')))[0]).toEqual(['GET'])
	})

	it('#102 #103 leaves times and address out of the embed context, and the secret out of every one', async () => {
		const place = await open()
		const { uuid, password, basic: headers } = await place.issue('admin')
		const keys = async (context: string) => {
			const { text, body } = await ask(place, mine(`/${uuid}?context=${context}`), { headers })
			for (const shape of [password, password.replaceAll(' ', '')]) expect(text).not.toContain(shape)
			return Object.keys(Object(body)).filter((key) => key !== '_links')
		}
		expect(await keys('embed')).toEqual(['uuid', 'app_id', 'name'])
		for (const context of ['view', 'edit'])
			expect(await keys(context)).toEqual(['uuid', 'app_id', 'name', 'created', 'last_used', 'last_ip'])
	})

	it('#105 writes dates in UTC without a zone, and nothing as null', async () => {
		const place = await open()
		const { basic: headers, uuid } = await place.issue('admin')
		const unused = await place.issue('admin')
		const read = () => ask(place, mine(`/${uuid}`), { headers })
		await read()
		await expect.poll(async () => (await read()).body).toMatchObject({ created: wireDate, last_used: wireDate })
		const used = await read()
		const age = Date.now() - Date.parse(`${Object(used.body)['created']}Z`)
		expect(Math.abs(age)).toBeLessThan(60_000)
		const other = await ask(place, mine(`/${unused.uuid}`), { headers })
		expect(other.body).toMatchObject({ created: wireDate, last_used: null, last_ip: null })
	})

	it('#106 links to itself by the owner’s number, and says what may be done there', async () => {
		const place = await open()
		const { uuid, basic: headers } = await place.issue('admin')
		const href = `${place.url}${passwordsOf(place, 'admin', `/${uuid}`)}`
		const { body } = await ask(place, mine(`/${uuid}`), { headers })
		const { _links } = Object(body)
		expect(_links.self[0].href).toBe(href)
		if (isBefore('targetHints in links', target)) expect(_links.self[0].targetHints).toBeUndefined()
		else expect(_links.self[0].targetHints.allow).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
	})

	it('#107 gives only the fields that were asked for', async () => {
		const place = await open()
		const { uuid, basic: headers } = await place.issue('admin', { name: 'Fields' })
		const { body } = await ask(place, mine(`/${uuid}?_fields=uuid,name`), { headers })
		expect(body).toEqual({ uuid, name: 'Fields' })
	})
})
