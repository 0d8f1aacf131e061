import { describe, expect, it } from 'vitest'
import { MANAGE_SCOPE, type User } from '../index.ts'
import { outcome, people, startProvider, type Asked } from './provider.testing.ts'

const { admin, editor, subscriber, other } = people
const list = (user: number | string): string => `users/${user}/application-passwords`
const post = (asked: Asked): Asked => ({ method: 'POST', ...asked })

describe('creating', () => {
	it('#109 #116 #117 gives the secret once, in six groups, with the address of the new password', async () => {
		const { ask, issueManaging } = await startProvider()
		const { as } = await issueManaging(admin)
		const app_id = '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'
		const got = await ask(list('me'), post({ as, body: { name: 'One', app_id } }))
		expect(got.status).toBe(201)
		const made = got.json as Record<string, unknown>
		expect(Object.keys(made)).toEqual([
			'uuid',
			'app_id',
			'name',
			'created',
			'last_used',
			'last_ip',
			'password',
			'_links',
		])
		expect(made).toMatchObject({ app_id, name: 'One', last_used: null, last_ip: null })
		expect(made['password']).toMatch(/^(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}$/)
		expect(made['_links']).toMatchObject({ self: [{ href: got.headers.get('location') }] })
		const again = await ask(`${list('me')}/${String(made['uuid'])}?context=edit`, { as })
		expect(again.text).not.toContain('password"')
	})

	it('#110 #111 #112 #113 makes it for oneself, and for others by administrators', async () => {
		const { ask, issueManaging } = await startProvider()
		const [ada, sam] = [await issueManaging(admin), await issueManaging(subscriber)]
		const body = { name: 'One' }
		expect((await ask(list(1), post({ as: ada.as, body }))).status).toBe(201)
		expect((await ask(list(3), post({ as: sam.as, body }))).status).toBe(201)
		expect((await ask(list(3), post({ as: ada.as, body }))).status).toBe(201)
		expect(outcome(await ask(list(1), post({ as: sam.as, body })))).toBe('403 rest_cannot_create_application_passwords')
	})

	it('#114 #115 needs a person, and a login', async () => {
		const { ask, issueManaging } = await startProvider()
		const { as } = await issueManaging(admin)
		const body = { name: 'One' }
		expect(outcome(await ask(list(999), post({ as, body })))).toBe('404 rest_user_invalid_id')
		expect(outcome(await ask(list('me'), post({ body })))).toBe('401 rest_not_logged_in')
		expect(outcome(await ask(list(1), post({ body })))).toBe('401 rest_cannot_create_application_passwords')
	})

	it('#118 takes forms of both kinds', async () => {
		const { ask, issueManaging } = await startProvider()
		const { as } = await issueManaging(admin)
		const urlEncoded = await ask(list('me'), post({ as, body: new URLSearchParams({ name: 'A b & c' }) }))
		expect(urlEncoded).toMatchObject({ status: 201, json: { name: 'A b & c' } })
		const form = new FormData()
		form.set('name', 'Größe')
		expect((await ask(list('me'), post({ as, body: form }))).json).toMatchObject({ name: 'Größe' })
	})

	it('#120 #121 #122 #123 says what is wrong with a parameter, before it asks who is there', async () => {
		const { ask, issueManaging } = await startProvider()
		const { as } = await issueManaging(admin)
		const missing = await ask(list('me'), post({ body: {} }))
		expect(missing.json).toMatchObject({ code: 'rest_missing_callback_param', data: { status: 400, params: ['name'] } })
		for (const [body, parameter, code] of [
			[{ name: '' }, 'name', 'rest_too_short'],
			[{ name: ' \t ' }, 'name', 'rest_invalid_pattern'],
			[{ name: 3 }, 'name', 'rest_invalid_type'],
			[{ name: ['a'] }, 'name', 'rest_invalid_type'],
			[{ name: null }, 'name', 'rest_invalid_type'],
			[new URLSearchParams([['name[]', 'a']]), 'name', 'rest_invalid_type'],
			[{ name: 'a', app_id: 'nope' }, 'app_id', 'rest_no_matching_schema'],
			[{ name: 'a', app_id: '9B1DEB4D-3B7D-4BAD-9BDD-2B0D7B3DCB6D' }, 'app_id', 'rest_no_matching_schema'],
			[{ name: 'a', app_id: 'urn:uuid:9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d' }, 'app_id', 'rest_no_matching_schema'],
			[{ name: 'a', app_id: null }, 'app_id', 'rest_no_matching_schema'],
		] as const) {
			const got = await ask(list('me'), post({ body }))
			expect(outcome(got)).toBe('400 rest_invalid_param')
			expect(got.json).toMatchObject({ data: { details: { [parameter]: { code } } } })
		}
		const empty = await ask(list('me'), post({ as, body: { name: '<script>x</script>' } }))
		expect(outcome(empty)).toBe('400 application_password_empty_name')
		expect((await ask(list('me'), post({ as, body: { name: 'a', app_id: '' } }))).status).toBe(201)
	})

	it('#124 ignores what only the server may say', async () => {
		const { ask, issueManaging } = await startProvider()
		const { as } = await issueManaging(admin)
		const body = { name: 'a', uuid: 'mine', password: 'abcd', created: '2000-01-01T00:00:00', last_ip: '1.2.3.4' }
		const got = (await ask(list('me'), post({ as, body }))).json as Record<string, unknown>
		expect(got['uuid']).not.toBe('mine')
		expect(got['password']).not.toBe('abcd')
		expect(got).toMatchObject({ last_ip: null })
		expect(String(got['created'])).not.toMatch(/^2000/)
	})

	it('#125 refuses broken JSON, broken UTF-8, and a body of more than 256 KiB', async () => {
		const { ask, issueManaging } = await startProvider()
		const { as } = await issueManaging(admin)
		const headers = { 'Content-Type': 'application/json' }
		for (const body of ['{bad', '{"name":"a"', new Uint8Array([0x22, 0xff, 0x22])])
			expect(outcome(await ask(list('me'), post({ as, body, headers })))).toBe('400 rest_invalid_json')
		const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
		expect(outcome(await ask(list('me'), post({ as, body: 'name=%FF', headers: form })))).toBe(
			'400 rest_invalid_encoding',
		)
		const long = JSON.stringify({ name: 'a'.repeat(262_144) })
		expect(outcome(await ask(list('me'), post({ as, body: long, headers })))).toBe('413 rest_request_too_large')
		expect(outcome(await ask(list('me'), post({ as, body: '[]', headers })))).toBe('400 rest_missing_callback_param')
	})

	it('#126 can not be batched', async () => {
		const { ask, issueManaging } = await startProvider()
		const { as } = await issueManaging(admin)
		const requests = [{ path: `/wp/v2/${list('me')}`, body: { name: 'a' } }, { path: '/wp/v2/nothing' }, 'x']
		const got = await ask('/wp-json/batch/v1', post({ as, body: { requests } }))
		expect(got).toMatchObject({
			status: 207,
			json: {
				responses: [
					{ status: 400, body: { code: 'rest_batch_not_allowed' } },
					{ status: 404, body: { code: 'rest_no_route' } },
					{ status: 404, body: { code: 'rest_no_route' } },
				],
			},
		})
		expect(outcome(await ask('/wp-json/batch/v1', post({ as, body: {} })))).toBe('400 rest_missing_callback_param')
		const many = Array.from({ length: 26 }, () => requests[0])
		expect(outcome(await ask('/wp-json/batch/v1', post({ as, body: { requests: many } })))).toBe(
			'400 rest_invalid_param',
		)
		expect(outcome(await ask('/wp-json/batch/v1', { as }))).toBe('404 rest_no_route')
	})

	it('#127 is not for a password that was not issued for it, not even one that may do all else', async () => {
		const { ask, issue } = await startProvider()
		const { as } = await issue(admin, { grants: { scopes: ['everything', 'app-passwords', `${MANAGE_SCOPE}:x`] } })
		for (const user of ['me', 1, 3])
			expect(outcome(await ask(list(user), post({ as, body: { name: 'a' } })))).toBe(
				'403 rest_cannot_create_application_passwords',
			)
	})
})

describe('what a password gets that another makes', () => {
	it('is never more than its parent has, ends with it, and never makes a third', async () => {
		const { ask, issue, appPasswords } = await startProvider()
		const expires = new Date(Date.now() + 86_400_000)
		const grants = { scopes: ['read', MANAGE_SCOPE] }
		const parent = await issue(admin, { grants, expires, addresses: ['192.0.2.0/24'], requestsPerMinute: 60 })
		const got = await ask(list('me'), post({ as: parent.as, body: { name: 'Child' } }))
		const { uuid, password } = got.json as { uuid: string; password: string }
		expect(await appPasswords.find(admin, uuid)).toMatchObject({
			grants: { scopes: ['read'] },
			expires,
			addresses: ['192.0.2.0/24'],
			requestsPerMinute: 60,
		})
		const as = { Authorization: `Basic ${btoa(`ada:${password}`)}` }
		expect((await ask('users/me', { as })).status).toBe(200)
		expect(outcome(await ask(list('me'), post({ as, body: { name: 'Grandchild' } })))).toBe(
			'403 rest_cannot_create_application_passwords',
		)
	})

	it('holds whatever the embedding server says', async () => {
		const grantsOfChild = () => ({ scopes: ['read', 'write', MANAGE_SCOPE] })
		const { ask, issue, appPasswords } = await startProvider({ grantsOfChild })
		const { as } = await issue(admin, { grants: { scopes: ['read', MANAGE_SCOPE] } })
		const got = await ask(list('me'), post({ as, body: { name: 'Child' } }))
		const { uuid } = got.json as { uuid: string }
		expect((await appPasswords.find(admin, uuid))?.grants).toEqual({ scopes: ['read'] })
	})

	it('is what the embedding server says for a session, and may not be more than administrators may for others', async () => {
		const otherAuthentication = {
			findUser: () => editor,
			grantsOfNew: (maker: User, owner: User) => ({ scopes: [`${maker.login} for ${owner.login}`] }),
		}
		const { ask, appPasswords } = await startProvider({ otherAuthentication })
		expect((await ask(list('me'), post({ body: { name: 'a' } }))).status).toBe(201)
		expect((await appPasswords.list(editor))[0]?.grants).toEqual({ scopes: ['edo for edo'] })
		expect(outcome(await ask(list(3), post({ body: { name: 'a' } })))).toBe(
			'403 rest_cannot_create_application_passwords',
		)
	})

	it('lets the embedding server decide who manages whose passwords', async () => {
		const mayManagePasswordsOf = (_caller: unknown, owner: User) => owner.role !== 'administrator'
		const { ask, issueManaging } = await startProvider({ mayManagePasswordsOf })
		const { as } = await issueManaging(admin)
		const body = { name: 'a' }
		expect((await ask(list(subscriber.id), post({ as, body }))).status).toBe(201)
		expect(outcome(await ask(list(other.id), post({ as, body })))).toBe('403 rest_cannot_create_application_passwords')
	})
})
