import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../../scripts/testing/postgres.ts'
import { totpCode } from '../../accounts/totp.ts'
import { callAs, passwordsOf, pathOf } from './application-passwords.testing.ts'
import {
	activity,
	ann,
	join,
	password,
	seedOf,
	setUpAnn,
	startTestServer,
	tokenOf,
	type TestServer,
} from './test-server.testing.ts'

// The journeys run on SQLite; here is one through everything in which the stores differ: dates, booleans, transactions, races.

let postgres: TestPostgres
beforeAll(async () => {
	postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.stop(), 60_000)

let server: TestServer
beforeEach(async () => {
	server = await startTestServer({ databaseUrl: await postgres.createDatabase() })
})
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

it('sets up once, also for racing requests', async () => {
	const racers = ['ann', 'bob', 'cat', 'dan'].map((username) =>
		server.browser().call('POST', '/setup', { ...ann, username, email: `${username}@example.com` }),
	)
	const statuses = (await Promise.all(racers)).map(({ status }) => status)
	expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404])
	expect(await server.store.kysely.selectFrom('auth_user').select('id').execute()).toHaveLength(1)
})

it('gives a name to one of those who want it at the same moment', async () => {
	const browser = server.browser()
	const me = (await browser.call('POST', '/setup', ann)).body
	const invitations = `/workspaces/${me.memberships[0].workspace.id}/invitations`
	const tokens = []
	for (let i = 0; i < 4; i += 1)
		tokens.push(tokenOf((await browser.call('POST', invitations, { role: 'viewer', label: '' })).body.link))
	const answers = await Promise.all(
		tokens.map((token, i) => {
			const account = { username: 'bob', email: `bob${i}@example.com`, password }
			return server.browser().call('POST', '/invitations/accept', { token, account })
		}),
	)
	expect(answers.map(({ body }): string => body.code ?? 'joined').toSorted()).toEqual([
		'account/username-taken',
		'account/username-taken',
		'account/username-taken',
		'joined',
	])
	// Who came too late can still join.
	expect((await browser.call('GET', invitations)).body.invitations).toHaveLength(3)
})

it('signs in with a second factor, changes the password, and recovers', async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:00:15Z') })
	const browser = server.browser()
	const me = (await browser.call('POST', '/setup', ann)).body
	const workspaceId = me.memberships[0].workspace.id
	const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'editor' })
	const started = (await bob.call('POST', '/me/two-factor', { password })).body
	const seed = seedOf(started.secret)
	const code = (steps: number) => totpCode(seed, Math.floor(Date.now() / 30_000) + steps)
	const confirmed = await bob.call('POST', '/me/two-factor/confirm', { code: code(-1) })
	expect(confirmed.body.recoveryCodes).toHaveLength(10)

	const phone = server.browser()
	expect((await phone.call('POST', '/session', { username: 'bob', password })).body.state).toBe(
		'second-factor-required',
	)
	const second = { kind: 'totp', code: code(0) }
	expect((await phone.call('POST', '/session/second-factor', second)).body.state).toBe('signed-in')
	expect((await phone.call('GET', '/me/sessions')).body.sessions).toHaveLength(2)
	const newPassword = 'a quite different sentence'
	expect((await phone.call('PUT', '/me/password', { currentPassword: password, newPassword })).status).toBe(204)
	expect((await bob.call('GET', '/me')).status).toBe(401)
	expect((await phone.call('GET', '/me')).status).toBe(200)

	const members = `/workspaces/${workspaceId}/members`
	const { id } = (await browser.call('GET', members)).body.members.find(
		(member: { username: string }) => member.username === 'bob',
	)
	const { link } = (await browser.call('POST', `${members}/${id}/recovery-link`)).body
	const recovery = { token: tokenOf(link), newPassword: password, removeSecondFactor: true }
	expect((await server.browser().call('POST', '/recovery', recovery)).status).toBe(204)
	expect((await phone.call('GET', '/me')).status).toBe(401)
	expect((await phone.call('POST', '/session', { username: 'bob', password })).body.state).toBe('signed-in')
	expect((await activity(server, workspaceId)).slice(0, 4)).toEqual([
		'account.signed-in by bob on bob',
		'account.two-factor-disabled by visitor on bob',
		'account.recovered by visitor on bob',
		'account.recovery-link-created by Ann on bob',
	])
})

it('issues application passwords, which every node knows at once, and refuses at once', async () => {
	const databaseUrl = await postgres.createDatabase()
	const [first, second] = [await startTestServer({ databaseUrl }), await startTestServer({ databaseUrl })]
	try {
		const { browser, workspaceId } = await setUpAnn(first)
		const own = passwordsOf(browser, await pathOf({ browser, workspaceId }, 'Ann'))
		const made = (await own.create({ name: 'Phone', scopes: ['postern:passwords:read'] })).body
		const elsewhere = callAs(second, made)
		expect((await elsewhere('GET', '/me')).body.account.username).toBe('Ann')
		await second.store.passwordStorage.flush()
		expect(await own.list()).toMatchObject([{ name: 'Phone', lastIp: '198.51.100.1' }])
		const { notices } = (await browser.call('GET', `/workspaces/${workspaceId}/notices`)).body
		expect(notices.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual([
			'password-created',
			'password-used-from-new-address',
		])
		const robot = { username: 'robot', role: 'viewer' }
		const machine = (await browser.call('POST', `/workspaces/${workspaceId}/machines`, robot)).body
		expect(machine).toMatchObject({ kind: 'machine', wordpressId: 2 })
		expect((await own.revoke(made.applicationPassword.uuid)).status).toBe(204)
		expect((await elsewhere('GET', '/me')).body.code).toBe('application-password/credentials-wrong')
	} finally {
		await Promise.all([first.stop(), second.stop()])
	}
})
