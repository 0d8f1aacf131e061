import { roles, scopeRoles, scopes } from '@postern/vocabulary'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { totpCode } from '../../accounts/totp.ts'
import { recoverAccount } from '../../operate/recover-account.ts'
import { callAs, passwordsOf, pathOf, prove } from './application-passwords.testing.ts'
import {
	activity,
	join,
	password,
	seedOf,
	setUpAnn,
	startTestServer,
	tokenOf,
	type Browser,
	type TestServer,
} from './test-server.testing.ts'

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:00:15Z') })
	server = await startTestServer()
	ann = await setUpAnn(server)
})
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000)

async function turnOnTwoFactor(browser: Browser): Promise<() => string> {
	const { secret } = (await browser.call('POST', '/me/two-factor', { password })).body
	const code = () => totpCode(seedOf(secret), Math.floor(Date.now() / 30_000))
	await browser.call('POST', '/me/two-factor/confirm', { code: code() })
	return code
}

describe('a profile', () => {
	it('says who somebody is here and on the wire, to every member', async () => {
		const bob = await join(server, ann, { username: 'bob', role: 'editor' })
		const [annPath, bobPath] = [await pathOf(ann, 'Ann'), await pathOf(ann, 'bob')]
		const [own, other] = [(await bob.call('GET', bobPath)).body, (await bob.call('GET', annPath)).body]
		expect(own).toMatchObject({
			kind: 'person',
			username: 'bob',
			email: 'bob@example.com',
			role: 'editor',
			wordpressId: 2,
			hasSecondFactor: false,
			apiLogin: null,
			apiLoginRule: 'each-decides',
			isApiLoginAllowed: true,
			mayManage: true,
		})
		expect(other).toMatchObject({ username: 'Ann', wordpressId: 1, mayManage: false })
		expect((await ann.browser.call('GET', bobPath)).body.mayManage).toBe(true)
	})

	it.each(roles)('of a %s lists the scopes of that role, and no other can be granted', async (role) => {
		const bob = await join(server, ann, { username: 'bob', role })
		const path = await pathOf(ann, 'bob')
		const { issuableScopes } = (await bob.call('GET', path)).body
		const mayGrant = (scope: (typeof scopes)[number]) => roles.indexOf(role) <= roles.indexOf(scopeRoles[scope])
		expect(issuableScopes).toEqual(scopes.filter(mayGrant))
		const own = passwordsOf(bob, path)
		for (const scope of scopes) {
			const made = await own.create({ name: scope, scopes: [scope], confirmEverything: true })
			const expected = mayGrant(scope) ? undefined : 'application-password/scope-beyond-role'
			expect([scope, made.body.code]).toEqual([scope, expected])
		}
	})
})

describe('API requests while two-factor is on', () => {
	async function withPassword() {
		const bob = await join(server, ann, { username: 'bob', role: 'editor' })
		const path = await pathOf(ann, 'bob')
		const code = await turnOnTwoFactor(bob)
		const made = (await passwordsOf(bob, path).create({ name: 'App' })).body
		const ask = callAs(server, made)
		return { bob, path, code, use: async () => (await ask('GET', '/me')).body.code }
	}
	const rule = (to: string) => ann.browser.call('PUT', `/workspaces/${ann.workspaceId}/api-login`, { rule: to })
	const refused = 'application-password/refused'

	it('are allowed unless the account, or one rule for all, says no', async () => {
		const { bob, path, use } = await withPassword()
		const decide = (allowed: boolean | null) => bob.call('PUT', `${path}/api-login`, { allowed })
		expect(await use()).toBeUndefined()
		expect((await decide(false)).body).toMatchObject({ apiLogin: false, isApiLoginAllowed: false })
		expect(await use()).toBe(refused)
		expect((await rule('allowed')).status).toBe(204)
		expect(await use()).toBeUndefined()
		await rule('refused')
		expect((await decide(true)).body).toMatchObject({
			apiLogin: true,
			isApiLoginAllowed: false,
			apiLoginRule: 'refused',
		})
		expect(await use()).toBe(refused)
		await rule('each-decides')
		expect(await use()).toBeUndefined()
		expect((await decide(null)).body).toMatchObject({ apiLogin: null, isApiLoginAllowed: true })
		expect((await activity(server, ann.workspaceId)).filter((text) => text.includes('api-login'))).toEqual([
			'account.api-login-changed by bob on bob',
			'workspace.api-login-changed by Ann on nothing',
			'account.api-login-changed by bob on bob',
			'workspace.api-login-changed by Ann on nothing',
			'workspace.api-login-changed by Ann on nothing',
			'account.api-login-changed by bob on bob',
		])
	})

	it('#223 do not matter to who has no second factor, whatever the rule', async () => {
		await rule('refused')
		const path = await pathOf(ann, 'Ann')
		const made = (await passwordsOf(ann.browser, path).create({ name: 'App' })).body
		expect((await ann.browser.call('GET', path)).body.isApiLoginAllowed).toBe(true)
		expect((await callAs(server, made)('GET', '/me')).status).toBe(200)
	})

	it('are decided with a proof: for oneself, for all, and by an owner for somebody else', async () => {
		const { bob, path, code, use } = await withPassword()
		later(11)
		const asks = [
			() => bob.call('PUT', `${path}/api-login`, { allowed: false }),
			() => ann.browser.call('PUT', `${path}/api-login`, { allowed: false }),
			() => rule('refused'),
		]
		for (const ask of asks) expect((await ask()).body.code).toBe('account/step-up-required')
		expect(await use()).toBeUndefined()
		await prove(ann.browser)
		expect((await ann.browser.call('PUT', `${path}/api-login`, { allowed: false })).status).toBe(200)
		expect(await use()).toBe(refused)
		await bob.call('POST', '/me/step-up', { kind: 'totp', code: code() })
		expect((await bob.call('PUT', `${path}/api-login`, { allowed: true })).status).toBe(200)
		expect(await use()).toBeUndefined()
	})
})

describe('a machine account', () => {
	const create = (body: object) => ann.browser.call('POST', `/workspaces/${ann.workspaceId}/machines`, body)

	it('owns passwords that outlive who made them, and goes with all of them', async () => {
		const made = await create({ username: 'Deploy-Bot', role: 'editor' })
		expect(made.body).toMatchObject({
			kind: 'machine',
			username: 'Deploy-Bot',
			email: null,
			role: 'editor',
			wordpressId: 2,
			hasSecondFactor: false,
			mayManage: true,
		})
		const path = await pathOf(ann, 'Deploy-Bot')
		const issued = (await passwordsOf(ann.browser, path).create({ name: 'CI', preset: 'author' })).body
		expect(issued).toMatchObject({ username: 'Deploy-Bot', applicationPassword: { createdBy: 'Ann' } })
		const ask = callAs(server, issued)
		expect((await ask('GET', '/me')).body).toMatchObject({ account: { username: 'Deploy-Bot' } })
		const { members } = (await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/members`)).body
		expect(members).toContainEqual(
			expect.objectContaining({ kind: 'machine', username: 'Deploy-Bot', email: null, applicationPasswordCount: 1 }),
		)
		expect((await activity(server, ann.workspaceId)).slice(0, 3)).toContain('machine.created by Ann on Deploy-Bot')
		expect((await ann.browser.call('DELETE', path)).status).toBe(204)
		expect((await ask('GET', '/me')).status).toBe(401)
		const left = await server.store.kysely.selectFrom('auth_user').select('username').execute()
		expect(left).toEqual([{ username: 'ann' }])
		expect((await create({ username: 'deploy-bot', role: 'viewer' })).body.wordpressId).toBe(3)
	})

	it('needs a name that nobody has, and a proof', async () => {
		expect((await create({ username: 'no spaces please', role: 'viewer' })).body.code).toBe(
			'account/username-malformed',
		)
		expect((await create({ username: 'ANN', role: 'viewer' })).body.code).toBe('account/username-taken')
		later(11)
		expect((await create({ username: 'robot', role: 'viewer' })).body.code).toBe('account/step-up-required')
		await prove(ann.browser)
		const invited = await ann.browser.call('POST', `/workspaces/${ann.workspaceId}/invitations`, {
			role: 'viewer',
			label: '',
		})
		await create({ username: 'robot', role: 'viewer' })
		const account = { username: 'Robot', email: 'robot@example.com', password }
		const joined = await server
			.browser()
			.call('POST', '/invitations/accept', { token: tokenOf(invited.body.link), account })
		expect(joined.body.code).toBe('account/username-taken')
	})

	it('cannot sign in, be recovered, or be the owner that is left', async () => {
		await create({ username: 'robot', role: 'owner' })
		const path = await pathOf(ann, 'robot')
		const issued = (await passwordsOf(ann.browser, path).create({ name: 'CI' })).body
		const row = await server.store.accountRows.findByName('robot')
		const tries: [string, string][] = [
			['robot', password],
			['robot', ''],
			['robot', 'x'],
			[row?.email ?? '', password],
		]
		for (const [username, tried] of tries)
			expect((await server.browser().call('POST', '/session', { username, password: tried })).body.code).toBe(
				'account/credentials-wrong',
			)
		const typed = await server.browser().call('POST', '/session', { username: 'robot', password: issued.password })
		expect(typed.body.code).toBe('application-password/not-for-sign-in')
		expect((await ann.browser.call('POST', `${path}/recovery-link`)).body.code).toBe('request/not-found')
		const { store, origin } = server
		expect(await recoverAccount('robot', { store, origin, now: () => new Date() })).toMatchObject({ ok: false })
		expect(await recoverAccount('ann', { store, origin, now: () => new Date() })).toMatchObject({ ok: true })
		const annPath = await pathOf(ann, 'Ann')
		expect((await ann.browser.call('DELETE', annPath)).body.code).toBe('member/last-owner')
		expect((await ann.browser.call('PATCH', annPath, { role: 'viewer' })).body.code).toBe('member/last-owner')
		expect((await ann.browser.call('PATCH', path, { role: 'viewer' })).status).toBe(204)
		for (const table of ['auth_session', 'auth_account'] as const) {
			const rows = await server.store.kysely
				.withTables<{ [T in typeof table]: { userId: string } }>()
				.selectFrom(table)
				.select('userId')
				.execute()
			expect(rows.map(({ userId }) => userId)).not.toContain(row?.id)
		}
	})
})
