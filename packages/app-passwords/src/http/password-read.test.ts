import { describe, expect, it } from 'vitest'
import { outcome, people, startProvider, siteUrl } from './provider.testing.ts'

const { admin, editor, subscriber } = people
const list = (user: number | string): string => `users/${user}/application-passwords`

async function start() {
	const provider = await startProvider()
	const issued = {
		admin: await provider.issueManaging(admin),
		editor: await provider.issueManaging(editor),
		subscriber: await provider.issueManaging(subscriber),
	}
	return { ...provider, issued }
}

describe('listing and reading', () => {
	it('#82 #83 #84 lists oneself by me and number, and others for administrators, never with a secret', async () => {
		const { ask, issued } = await start()
		for (const [path, { as }] of [
			[list('me'), issued.admin],
			[list(1), issued.admin],
			[list(3), issued.subscriber],
			[list(3), issued.admin],
			[list('ME'), issued.admin],
		] as const) {
			const got = await ask(path, { as })
			expect(got.status).toBe(200)
			expect(got.json).toHaveLength(1)
			expect(got.text).not.toContain('"password"')
		}
	})

	it('#85 #86 lists nobody else for others', async () => {
		const { ask, issued } = await start()
		for (const [path, { as }] of [
			[list(1), issued.subscriber],
			[list(3), issued.editor],
		] as const)
			expect(outcome(await ask(path, { as }))).toBe('403 rest_cannot_list_application_passwords')
	})

	it('#87 #88 #89 #90 tells a stranger to log in, whoever he asks about', async () => {
		const { ask, issued } = await start()
		expect(outcome(await ask(list('me')))).toBe('401 rest_not_logged_in')
		for (const user of [1, 0, 999])
			expect(outcome(await ask(list(user)))).toBe('401 rest_cannot_list_application_passwords')
		for (const user of [0, 999])
			expect(outcome(await ask(list(user), { as: issued.admin.as }))).toBe('404 rest_user_invalid_id')
		for (const user of ['abc', '-1', '1.0', '1e0', '٣'])
			expect(outcome(await ask(list(user), { as: issued.admin.as }))).toBe('404 rest_no_route')
	})

	it('#94 #95 #96 #97 #98 #99 #100 reads one password of the right person only', async () => {
		const { ask, issued } = await start()
		const item = (user: number | string, uuid: string) => `${list(user)}/${uuid}`
		const { as } = issued.admin
		for (const path of [item('me', issued.admin.uuid), item(1, issued.admin.uuid), item(3, issued.subscriber.uuid)])
			expect((await ask(path, { as })).status).toBe(200)
		expect(outcome(await ask(item(1, issued.admin.uuid), { as: issued.subscriber.as }))).toBe(
			'403 rest_cannot_read_application_password',
		)
		expect(outcome(await ask(item('me', issued.admin.uuid)))).toBe('401 rest_not_logged_in')
		expect(outcome(await ask(item(0, issued.admin.uuid), { as }))).toBe('404 rest_user_invalid_id')
		for (const path of [item('me', crypto.randomUUID()), item('me', 'nothing'), item(2, issued.admin.uuid)])
			expect(outcome(await ask(path, { as }))).toBe('404 rest_application_password_not_found')
		expect(outcome(await ask(item('me', 'a.b'), { as }))).toBe('404 rest_no_route')
	})

	it('#101 #108 describes the routes to anybody', async () => {
		const { ask } = await start()
		const described = await ask(list('me'), { method: 'OPTIONS' })
		expect(described.json).toMatchObject({
			methods: ['GET', 'POST', 'DELETE'],
			endpoints: [{ args: { context: { default: 'view', enum: ['view', 'embed', 'edit'] } } }, {}, { args: [] }],
			schema: {
				title: 'application-password',
				properties: { uuid: {}, app_id: {}, name: {}, password: {}, created: {}, last_used: {}, last_ip: {} },
			},
		})
		const item = await ask(`${list('me')}/x`, { method: 'OPTIONS' })
		expect(item.json).toHaveProperty('endpoints.length', 3)
		const introspect = await ask(`${list('me')}/introspect`, { method: 'OPTIONS' })
		expect(introspect.json).toMatchObject({ methods: ['GET'] })
	})

	it('#102 #103 #104 shows in each context what belongs there', async () => {
		const { ask, issued } = await start()
		const { as, uuid } = issued.admin
		const [embedded] = (await ask(`${list('me')}?context=embed`, { as })).json as object[]
		expect(Object.keys(embedded ?? {})).toEqual(['uuid', 'app_id', 'name', '_links'])
		const edited = await ask(`${list('me')}/${uuid}?context=edit`, { as })
		expect(Object.keys(edited.json as object)).toEqual([
			'uuid',
			'app_id',
			'name',
			'created',
			'last_used',
			'last_ip',
			'_links',
		])
		for (const path of [list('me'), `${list('me')}/${uuid}`, `${list('me')}/introspect`]) {
			const got = await ask(`${path}?context=help`, { as })
			expect(got.json).toMatchObject({
				code: 'rest_invalid_param',
				data: { status: 400, details: { context: { code: 'rest_not_in_enum' } } },
			})
		}
		expect((await ask(`${list('me')}?context[]=view`, { as })).status).toBe(400)
	})

	it('#105 #106 #107 writes times in UTC without a zone, links by number, and only the fields that were named', async () => {
		const { ask, issued } = await start()
		const { as, uuid } = issued.admin
		const got = (await ask(`${list('me')}/${uuid}`, { as })).json as Record<string, unknown>
		expect(got['created']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
		expect(got['last_used']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
		expect(got['last_ip']).toBe('192.0.2.7')
		expect(got['_links']).toEqual({
			self: [
				{
					href: `${siteUrl}/wp-json/wp/v2/users/1/application-passwords/${uuid}`,
					targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
				},
			],
		})
		const [fields] = (await ask(`${list('me')}?_fields=uuid,name,_links.self`, { as })).json as object[]
		expect(Object.keys(fields ?? {})).toEqual(['uuid', 'name', '_links'])
		const other = (await ask(list(3), { as })).json
		expect(other).toMatchObject([{ last_used: null, last_ip: null }])
	})

	it('says which methods the caller may use, and answers HEAD as GET without the body', async () => {
		const { ask, issued } = await start()
		const { as, uuid } = issued.admin
		expect((await ask(list('me'), { as })).headers.get('allow')).toBe('GET, POST, DELETE')
		expect((await ask(`${list('me')}/${uuid}`, { as })).headers.get('allow')).toBe('GET, POST, PUT, PATCH, DELETE')
		const head = await ask(list('me'), { as, method: 'HEAD' })
		expect(head).toMatchObject({ status: 200, text: '' })
	})
})

describe('introspecting', () => {
	it('#56 #149 shows the password that was used, by me and by number', async () => {
		const { ask, issued, issue } = await start()
		const second = await issue(admin, { name: 'Second' })
		for (const user of ['me', 1]) {
			const got = await ask(`${list(user)}/introspect`, { as: second.as })
			expect(got.json).toMatchObject({ uuid: second.uuid, name: 'Second' })
		}
		expect((await ask(`${list('me')}/introspect`, { as: issued.admin.as })).json).toMatchObject({
			uuid: issued.admin.uuid,
		})
	})

	it('#150 #151 is for oneself', async () => {
		const { ask, issued } = await start()
		const code = 'rest_cannot_introspect_app_password_for_non_authenticated_user'
		expect(outcome(await ask(`${list('me')}/introspect`))).toBe('401 rest_not_logged_in')
		expect(outcome(await ask(`${list(3)}/introspect`))).toBe(`401 ${code}`)
		expect(outcome(await ask(`${list(3)}/introspect`, { as: issued.admin.as }))).toBe(`403 ${code}`)
	})

	it('#152 finds nothing where the login was another one', async () => {
		const otherAuthentication = { findUser: () => admin, grantsOfNew: () => ({ scopes: [] }) }
		const { ask } = await startProvider({ otherAuthentication })
		expect(outcome(await ask(`${list('me')}/introspect`))).toBe('404 rest_no_authenticated_app_password')
	})

	it('#153 says 500 when the password is gone between the login and the look', async () => {
		const { ask, issue, appPasswords, handler } = await startProvider()
		const { as } = await issue(admin)
		const find = appPasswords.find
		Object.assign(appPasswords, { find: () => undefined })
		expect(handler).toBeDefined()
		expect(outcome(await ask(`${list('me')}/introspect`, { as }))).toBe('500 rest_application_password_not_found')
		Object.assign(appPasswords, { find })
	})

	it('#154 does not exist for POST: that is a password called introspect', async () => {
		const { ask, issued } = await start()
		const got = await ask(`${list('me')}/introspect`, { as: issued.admin.as, method: 'POST', body: {} })
		expect(outcome(got)).toBe('404 rest_application_password_not_found')
	})
})
