import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { passwordsOf, pathOf } from './application-passwords.testing.ts'
import {
	activity,
	ann as annTyped,
	join,
	password,
	setUpAnn,
	startTestServer,
	type TestServer,
} from './test-server.testing.ts'

// An application password works on the API and nowhere else.

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
beforeEach(async () => {
	server = await startTestServer()
	ann = await setUpAnn(server)
})
afterEach(() => server.stop())

const make = async () => (await passwordsOf(ann.browser, await pathOf(ann, 'Ann')).create({ name: 'App' })).body

describe('an application password typed to sign in', () => {
	const signIn = async (username: string, typed: string) =>
		(await server.browser().call('POST', '/session', { username, password: typed })).body

	it('#73 is refused, and its owner is told why', async () => {
		const made = await make()
		const bare = made.password.replaceAll(' ', '')
		const tries = [
			['ann', made.password],
			['ANN', bare],
			[annTyped.email, bare.replaceAll(/(.{4})(?!$)/g, '$1-')],
		] as const
		for (const [username, typed] of tries)
			expect(await signIn(username, typed)).toMatchObject({
				status: 401,
				code: 'application-password/not-for-sign-in',
			})
		const entries = await activity(server, ann.workspaceId)
		expect(entries).toContain('account.sign-in-failed by visitor on Ann')
		const page = await server.store.audit.page({ workspaceId: ann.workspaceId, limit: 100 })
		for (const text of [JSON.stringify(page), server.logged.join()]) expect(text).not.toContain(bare)
	})

	it('is as wrong as any for everybody else, and when it does not work any more', async () => {
		await join(server, ann, { username: 'bob', role: 'viewer' })
		const made = await make()
		for (const username of ['bob', 'nobody', 'bob@example.com'])
			expect((await signIn(username, made.password)).code).toBe('account/credentials-wrong')
		expect((await signIn('ann', 'aaaa bbbb cccc dddd eeee ffff')).code).toBe('account/credentials-wrong')
		await passwordsOf(ann.browser, await pathOf(ann, 'Ann')).revokeAll()
		expect((await signIn('ann', made.password)).code).toBe('account/credentials-wrong')
	})

	it('does not stand in for the password of the account anywhere', async () => {
		const { password: typed } = await make()
		const asks = [
			ann.browser.call('PUT', '/me/password', { currentPassword: typed, newPassword: 'a quite different sentence' }),
			ann.browser.call('POST', '/me/two-factor', { password: typed }),
			ann.browser.call('POST', '/me/step-up', { kind: 'password', code: typed }),
		]
		for (const { body } of await Promise.all(asks)) expect(body.code).toBe('account/credentials-wrong')
		expect((await server.browser().call('POST', '/session', { username: 'ann', password })).status).toBe(200)
	})
})

describe('an application password typed for a site', () => {
	it('is recognized as one of our own before anything is asked of the site', async () => {
		const made = await make()
		const typed = { type: 'wordpress-app', address: 'https://blog.example', username: 'admin' }
		const verify = (applicationPassword: string) =>
			ann.browser.call('POST', `/workspaces/${ann.workspaceId}/connectors/verify`, { ...typed, applicationPassword })
		expect((await verify(made.password)).body).toMatchObject({ status: 422, code: 'site-credential/own' })
		await passwordsOf(ann.browser, await pathOf(ann, 'Ann')).revokeAll()
		expect((await verify(made.password)).body?.code).not.toBe('site-credential/own')
	})
})
