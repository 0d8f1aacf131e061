import { Secret } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import type { User } from '../index.ts'
import { basic, outcome, people, startProvider } from './provider.testing.ts'

const { admin, editor, subscriber } = people
const wrong = basic('ada', new Secret('abcdEFGH1234ijklMNOP6789'))

describe('who asks', () => {
	it('#49 #50 #51 #52 #53 knows a person by login or e-mail, in any letter case, and a secret with whatever stands between its letters', async () => {
		const { ask, issue } = await startProvider()
		const { secret } = await issue(admin)
		const chunked = new Secret(secret.reveal().replace(/(.{4})/g, '$1 - !*& '))
		for (const name of ['ada', 'ADA', 'ada@example.test', 'Ada@Example.Test']) {
			const got = await ask('users/me', { as: basic(name, chunked) })
			expect(got.json).toMatchObject({ id: admin.id, name: 'Ada' })
		}
	})

	it.each([
		['#43', 'nobody', 'invalid_username'],
		['#59', '', 'invalid_username'],
		['#44', 'nobody@example.test', 'invalid_email'],
		['#47', 'ada', 'incorrect_password'],
	])('%s tells %j why, on every route, as 401', async (_case, name, code) => {
		const { ask, issue } = await startProvider()
		await issue(admin)
		const as = basic(name, new Secret('abcdEFGH1234ijklMNOP6789'))
		for (const path of ['users/me', '/wp-json/wp/v2', '/wp-json/nothing'])
			expect(outcome(await ask(path, { as }))).toBe(`401 ${code}`)
	})

	it('#65 #66 tells of a wrong password on public routes and the index too, also to OPTIONS', async () => {
		const { ask, issue } = await startProvider()
		await issue(admin)
		expect(outcome(await ask('/wp-json/', { as: wrong }))).toBe('401 incorrect_password')
		expect(outcome(await ask('/wp-json/', { as: wrong, method: 'OPTIONS' }))).toBe('401 incorrect_password')
		expect(outcome(await ask('/?rest_route=/', { as: wrong }))).toBe('401 incorrect_password')
		expect((await ask('/wp-json/')).status).toBe(200)
	})

	it('#54 #58 refuses a secret in swapped letter case, an empty one and one of punctuation', async () => {
		const { ask, issue } = await startProvider()
		const { secret } = await issue(admin)
		const swapped = secret.reveal().replace(/[A-Za-z]/g, (letter) => {
			const upper = letter.toUpperCase()
			return letter === upper ? letter.toLowerCase() : upper
		})
		for (const text of [swapped, '', ' -!*& '])
			expect(outcome(await ask('users/me', { as: basic('ada', new Secret(text)) }))).toBe('401 incorrect_password')
	})

	it('#61 #63 takes what is no well-formed Basic for nobody', async () => {
		const { ask, issue } = await startProvider()
		const { as } = await issue(admin)
		const encoded = as.Authorization.slice('Basic '.length)
		const urlSafe = `Basic ${Buffer.from('ada:~~~???').toString('base64url')}`
		for (const header of [
			`Bearer ${encoded}`,
			`Basic  ${encoded}`,
			'Basic YWRh',
			'Basic',
			urlSafe,
			`Basic ${encoded} x`,
		]) {
			const headers = { Authorization: header }
			expect(outcome(await ask('users/me', { headers }))).toBe('401 rest_not_logged_in')
			expect((await ask('/wp-json/', { headers })).status).toBe(200)
		}
		const lower = { Authorization: `basic ${encoded.replace(/=+$/, '')}` }
		expect((await ask('users/me', { headers: lower })).status).toBe(200)
	})

	it('#46 #93 knows somebody for whom the feature is off as refused, and answers 501 to others who ask about him', async () => {
		const hooks = {
			wp_is_application_passwords_available_for_user: (_is: boolean, user: User) => user.id !== subscriber.id,
		}
		const { ask, issue, issueManaging } = await startProvider({ domain: { hooks } })
		const { as } = await issue(subscriber)
		expect(outcome(await ask('users/me', { as }))).toBe('401 application_passwords_disabled_for_user')
		const other = await issueManaging(admin)
		expect(outcome(await ask('users/3/application-passwords', { as: other.as }))).toBe(
			'501 application_passwords_disabled_for_user',
		)
	})

	it('#48 refuses with the code of a listener, and records no use', async () => {
		const hooks = {
			wp_authenticate_application_password_errors: () => ({ code: 'my_code', status: 401, message: 'No.' }),
		}
		const { ask, issue, appPasswords } = await startProvider({ domain: { hooks } })
		const { as } = await issue(admin)
		expect(outcome(await ask('users/me', { as }))).toBe('401 my_code')
		expect((await appPasswords.list(admin))[0]?.lastUsed).toBeNull()
	})

	it('#70 #71 lets a wrong password never be covered by a session', async () => {
		const otherAuthentication = { findUser: () => editor, grantsOfNew: () => ({ scopes: [] }) }
		const { ask, issue } = await startProvider({ otherAuthentication })
		const { as } = await issue(admin)
		const headers = { Cookie: 'session=live' }
		expect((await ask('users/me', { headers })).json).toMatchObject({ id: editor.id })
		expect((await ask('users/me', { as, headers })).json).toMatchObject({ id: admin.id })
		expect(outcome(await ask('users/me', { as: wrong, headers }))).toBe('401 incorrect_password')
		expect(outcome(await ask('users/me', { headers: { ...headers, Authorization: 'Basic x' } }))).toBe(
			'401 rest_not_logged_in',
		)
	})

	it('#76 #92 judges nothing over plain http in production, and says 501 where passwords are managed', async () => {
		const { ask, issue } = await startProvider()
		const { as } = await issue(admin)
		const connection = { isTls: false }
		expect(outcome(await ask('users/me', { as, connection }))).toBe('401 rest_not_logged_in')
		expect(outcome(await ask('users/me/application-passwords', { as, connection }))).toBe(
			'501 application_passwords_disabled',
		)
		expect(outcome(await ask('users/me/application-passwords', { connection }))).toBe(
			'501 application_passwords_disabled',
		)
		expect((await ask('/wp-json/', { connection })).json).toMatchObject({ authentication: [] })
		const local = await startProvider({ domain: { environment: 'local' } })
		const own = await local.issue(admin)
		expect((await local.ask('users/me', { as: own.as, connection })).status).toBe(200)
	})

	it('#77 #78 lets nobody keep what is personal or refused, and never makes a browser ask for a password', async () => {
		const { ask, issue } = await startProvider()
		const { as } = await issue(admin)
		for (const got of [await ask('users/me', { as }), await ask('users/me', { as: wrong }), await ask('users/me')]) {
			expect(got.headers.get('cache-control')).toContain('no-store')
			expect(got.headers.get('cache-control')).toContain('private')
			expect(got.headers.has('www-authenticate')).toBe(false)
		}
		expect((await ask('/wp-json/')).headers.has('cache-control')).toBe(false)
		expect((await ask('/wp-json/')).headers.get('vary')).toContain('Authorization')
	})

	it('#81 answers the eleventh guess of a minute with 429 and when to come back, and still lets others in', async () => {
		const { ask, issue } = await startProvider()
		const { as } = await issue(admin)
		for (let guess = 0; guess < 10; guess += 1) await ask('users/me', { as: wrong })
		const got = await ask('/wp-json/', { as: wrong })
		expect(outcome(got)).toBe('429 too_many_attempts')
		expect(Number(got.headers.get('retry-after'))).toBeGreaterThan(0)
		expect(got.headers.get('cache-control')).toContain('no-store')
		expect((await ask('users/me', { as, connection: { ip: '198.51.100.4' } })).status).toBe(200)
	})

	it('#42 judges nothing as long as nobody ever made a password', async () => {
		const { ask } = await startProvider()
		expect(outcome(await ask('users/me', { as: wrong }))).toBe('401 rest_not_logged_in')
	})
})

describe('answers to pages of other origins', () => {
	it('let them use a password they hold, and never the cookies of the person in front', async () => {
		const { ask, issue } = await startProvider()
		const { as } = await issue(admin)
		const headers = { Origin: 'https://app.example' }
		for (const got of [
			await ask('users/me', { as, headers }),
			await ask('users/me/application-passwords', { method: 'OPTIONS', headers }),
		]) {
			expect(got.status).toBe(200)
			expect(got.headers.get('access-control-allow-origin')).toBe('*')
			expect(got.headers.get('access-control-allow-headers')).toContain('Authorization')
			expect(got.headers.has('access-control-allow-credentials')).toBe(false)
		}
		expect((await ask('users/me', { as })).headers.has('access-control-allow-origin')).toBe(false)
	})
})
