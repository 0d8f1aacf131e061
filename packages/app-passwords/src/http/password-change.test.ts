import { describe, expect, it } from 'vitest'
import { outcome, people, startProvider } from './provider.testing.ts'

const { admin, editor, subscriber } = people
const list = (user: number | string): string => `users/${user}/application-passwords`
const item = (user: number | string, uuid: string): string => `${list(user)}/${uuid}`

async function start() {
	const provider = await startProvider()
	const issued = {
		admin: await provider.issueManaging(admin),
		subscriber: await provider.issueManaging(subscriber),
	}
	return { ...provider, issued }
}

describe('renaming', () => {
	it('#128 #129 #130 #131 renames with PUT, PATCH and POST, and the secret goes on working', async () => {
		const { ask, issued } = await start()
		for (const [method, path, by] of [
			['PUT', item('me', issued.admin.uuid), issued.admin],
			['PATCH', item(3, issued.subscriber.uuid), issued.subscriber],
			['POST', item(3, issued.subscriber.uuid), issued.admin],
		] as const) {
			const got = await ask(path, { as: by.as, method, body: { name: `By ${method}` } })
			expect(got).toMatchObject({ status: 200, json: { name: `By ${method}` } })
			expect(got.text).not.toContain('"password"')
		}
		expect((await ask('users/me', { as: issued.subscriber.as })).status).toBe(200)
	})

	it('#132 #133 #134 #135 renames nothing of others, for strangers, or what is not there', async () => {
		const { ask, issued } = await start()
		const asked = { method: 'PUT', body: { name: 'x' } }
		expect(outcome(await ask(item(1, issued.admin.uuid), { ...asked, as: issued.subscriber.as }))).toBe(
			'403 rest_cannot_edit_application_password',
		)
		expect(outcome(await ask(item('me', issued.admin.uuid), asked))).toBe('401 rest_not_logged_in')
		expect(outcome(await ask(item(1, issued.admin.uuid), asked))).toBe('401 rest_cannot_edit_application_password')
		const { as } = issued.admin
		expect(outcome(await ask(item(0, issued.admin.uuid), { ...asked, as }))).toBe('404 rest_user_invalid_id')
		expect(outcome(await ask(item('me', crypto.randomUUID()), { ...asked, as }))).toBe(
			'404 rest_application_password_not_found',
		)
	})

	it('#136 #137 #138 #139 never changes the application id, and no name to none', async () => {
		const { ask, issued } = await start()
		const { as, uuid } = issued.admin
		const path = item('me', uuid)
		const app_id = '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'
		expect(await ask(path, { as, method: 'PUT', body: { app_id } })).toMatchObject({
			status: 200,
			json: { app_id: '' },
		})
		expect(await ask(path, { as, method: 'PUT', body: {} })).toMatchObject({ status: 200, json: { name: 'Test' } })
		expect(outcome(await ask(path, { as, method: 'PUT', body: { name: '' } }))).toBe('400 rest_invalid_param')
		expect(outcome(await ask(path, { as, method: 'PUT', body: { name: '<script>x</script>' } }))).toBe(
			'400 application_password_empty_name',
		)
		expect((await ask(path, { as })).json).toMatchObject({ name: 'Test' })
	})

	it('#155 has no PUT for all of them', async () => {
		const { ask, issued } = await start()
		const got = await ask(list('me'), { as: issued.admin.as, method: 'PUT', body: { name: 'x' } })
		expect(outcome(got)).toBe('404 rest_no_route')
	})
})

describe('revoking', () => {
	it('#140 shows what was, without links or secret, and the next request is refused', async () => {
		const { ask, issued, issue } = await start()
		const second = await issue(subscriber, { name: 'Second' })
		const got = await ask(item(3, second.uuid), { as: issued.admin.as, method: 'DELETE' })
		expect(got.json).toMatchObject({ deleted: true, previous: { uuid: second.uuid, name: 'Second' } })
		expect(got.text).not.toMatch(/"_links"|"password"/)
		expect(outcome(await ask('users/me', { as: second.as }))).toBe('401 incorrect_password')
		expect((await ask('users/me', { as: issued.subscriber.as })).status).toBe(200)
	})

	it('#141 #142 revokes nothing of others, for strangers, or what is not there', async () => {
		const { ask, issued } = await start()
		const asked = { method: 'DELETE' }
		expect(outcome(await ask(item(1, issued.admin.uuid), { ...asked, as: issued.subscriber.as }))).toBe(
			'403 rest_cannot_delete_application_password',
		)
		expect(outcome(await ask(item('me', issued.admin.uuid), asked))).toBe('401 rest_not_logged_in')
		const { as } = issued.admin
		expect(outcome(await ask(item(999, issued.admin.uuid), { ...asked, as }))).toBe('404 rest_user_invalid_id')
		expect(outcome(await ask(item('me', issued.subscriber.uuid), { ...asked, as }))).toBe(
			'404 rest_application_password_not_found',
		)
	})

	it('#143 #144 #145 #146 revokes all, also when there is none', async () => {
		const { ask, issued, issue } = await start()
		await issue(subscriber)
		const { as } = issued.admin
		expect(outcome(await ask(list(1), { as: issued.subscriber.as, method: 'DELETE' }))).toBe(
			'403 rest_cannot_delete_application_passwords',
		)
		expect(outcome(await ask(list('me'), { method: 'DELETE' }))).toBe('401 rest_not_logged_in')
		expect(outcome(await ask(list(0), { as, method: 'DELETE' }))).toBe('404 rest_user_invalid_id')
		expect((await ask(list(3), { as, method: 'DELETE' })).json).toEqual({ deleted: true, count: 2 })
		expect((await ask(list(3), { as })).json).toEqual([])
		expect((await ask(list(2), { as, method: 'DELETE' })).json).toEqual({ deleted: true, count: 0 })
		expect((await ask(list('me'), { as, method: 'DELETE' })).json).toEqual({ deleted: true, count: 1 })
		expect(outcome(await ask('users/me', { as }))).toBe('401 incorrect_password')
	})

	it('#147 lets a password end itself, and nothing else of its owner', async () => {
		const { ask, issue, appPasswords } = await startProvider()
		const [one, sibling] = [await issue(editor), await issue(editor)]
		const { as } = one
		expect((await ask(item('me', one.uuid), { as })).json).toMatchObject({
			_links: { self: [{ targetHints: { allow: ['GET', 'DELETE'] } }] },
		})
		for (const [method, path, code] of [
			['GET', list('me'), 'rest_cannot_list_application_passwords'],
			['DELETE', list('me'), 'rest_cannot_delete_application_passwords'],
			['GET', item('me', sibling.uuid), 'rest_cannot_read_application_password'],
			['DELETE', item('me', sibling.uuid), 'rest_cannot_delete_application_password'],
			['PUT', item('me', sibling.uuid), 'rest_cannot_edit_application_password'],
			['PUT', item('me', one.uuid), 'rest_cannot_edit_application_password'],
		] as const) {
			const body = method === 'PUT' ? { body: { name: 'x' } } : {}
			expect(outcome(await ask(path, { as, method, ...body }))).toBe(`403 ${code}`)
		}
		expect((await ask(item(2, one.uuid), { as, method: 'DELETE' })).status).toBe(200)
		expect(outcome(await ask('users/me', { as }))).toBe('401 incorrect_password')
		expect((await appPasswords.list(editor)).map(({ uuid }) => uuid)).toEqual([sibling.uuid])
	})

	it('names in its events who did it, and with which password', async () => {
		const { ask, issued, storage } = await start()
		await ask(item(3, issued.subscriber.uuid), { as: issued.admin.as, method: 'DELETE' })
		const event = storage.events.find((one) => one.event === 'deleted')
		expect(event?.occasion).toMatchObject({ by: { id: 1 }, withPassword: issued.admin.uuid, ip: '192.0.2.7' })
	})
})
