import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { totpCode } from '../../accounts/totp.ts'
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
// Codes of an authenticator app change every 30 seconds; here it stays the middle of one step.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:00:15Z') }))
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const newPassword = 'a quite different sentence'

/** Ann makes a link for a member of that name. */
async function linkFor(ann: { browser: Browser; workspaceId: string }, username: string) {
	const { members } = (await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/members`)).body
	const { id } = members.find((member: { username: string }) => member.username === username)
	return ann.browser.call('POST', `/workspaces/${ann.workspaceId}/members/${id}/recovery-link`)
}

describe('a recovery link', () => {
	it('sets a new password once, ends all sessions, and signs nobody in', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const bob = await join(server, ann, { username: 'bob', role: 'editor' })
		const made = (await linkFor(ann, 'bob')).body
		expect(made.link).toMatch(/^http:\/\/localhost:4600\/recover#[\w-]{43}$/)
		expect(Math.abs(Date.parse(made.expiresAt) - Date.now() - 30 * 60_000)).toBeLessThan(5_000)
		const token = tokenOf(made.link)
		const visitor = server.browser()
		const read = await visitor.call('POST', '/recovery/read', { token })
		expect(read.body).toEqual({ username: 'bob', hasSecondFactor: false, expiresAt: made.expiresAt })
		const recover = (typed: string) =>
			visitor.call('POST', '/recovery', { token, newPassword: typed, removeSecondFactor: true })
		// A password that cannot be used leaves the link as it is.
		expect((await recover('short')).body.code).toBe('account/password-too-short')
		const recovered = await recover(newPassword)
		expect(recovered.status).toBe(204)
		expect(Array.from(visitor.cookies.keys())).toEqual(['postern.known_device'])
		expect((await visitor.call('GET', '/me')).status).toBe(401)
		expect((await recover(newPassword)).body).toMatchObject({ status: 410, code: 'recovery-link/invalid' })
		expect((await visitor.call('POST', '/recovery/read', { token })).body.code).toBe('recovery-link/invalid')
		expect((await bob.call('GET', '/me')).status).toBe(401)
		expect((await bob.call('POST', '/session', { username: 'bob', password })).status).toBe(401)
		expect((await bob.call('POST', '/session', { username: 'bob', password: newPassword })).status).toBe(200)
		expect((await ann.browser.call('GET', '/me')).status).toBe(200)
		const events = await activity(server, ann.workspaceId)
		expect(events).toContain('account.recovery-link-created by Ann on bob')
		expect(events).toContain('account.recovered by visitor on bob')
		expect(server.logged.join()).not.toContain(token)
		expect(JSON.stringify(await server.store.kysely.selectFrom('recovery_link').selectAll().execute())).not.toContain(
			token,
		)
	})

	it('works for one of those who use it at the same moment, and ends the others of the account', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		await join(server, ann, { username: 'bob', role: 'editor' })
		const [first, second] = [await linkFor(ann, 'bob'), await linkFor(ann, 'bob')]
		const use = (link: string) =>
			server.browser().call('POST', '/recovery', { token: tokenOf(link), newPassword, removeSecondFactor: false })
		const answers = await Promise.all([use(first.body.link), use(first.body.link), use(first.body.link)])
		expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 410, 410])
		expect((await use(second.body.link)).status).toBe(410)
	})

	it('expires after 30 minutes', async () => {
		let nowMs = Date.now()
		server = await startTestServer({ now: () => new Date(nowMs) })
		const ann = await setUpAnn(server)
		await join(server, ann, { username: 'bob', role: 'editor' })
		const token = tokenOf((await linkFor(ann, 'bob')).body.link)
		nowMs += 30 * 60_000 + 1
		expect((await server.browser().call('POST', '/recovery/read', { token })).body.code).toBe('recovery-link/invalid')
	})

	it('keeps the second factor, or removes it, as was chosen', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const otto = await join(server, ann, { username: 'otto', role: 'owner' })
		const { body } = await ann.browser.call('POST', '/me/two-factor', { password })
		const seed = seedOf(body.secret)
		const code = totpCode(seed, Math.floor(Date.now() / 30_000))
		expect((await ann.browser.call('POST', '/me/two-factor/confirm', { code })).status).toBe(200)
		const visitor = server.browser()
		for (const removeSecondFactor of [false, true]) {
			const link = (await linkFor({ ...ann, browser: otto }, 'Ann')).body.link
			expect((await visitor.call('POST', '/recovery/read', { token: tokenOf(link) })).body.hasSecondFactor).toBe(true)
			const waiting = server.browser()
			const oldPassword = removeSecondFactor ? newPassword : password
			await waiting.call('POST', '/session', { username: 'ann', password: oldPassword })
			const recovered = await visitor.call('POST', '/recovery', {
				token: tokenOf(link),
				newPassword,
				removeSecondFactor,
			})
			expect(recovered.status).toBe(204)
			// A first step that was taken with the old password leads nowhere.
			const finished = await waiting.call('POST', '/session/second-factor', { kind: 'totp', code: '000000' })
			expect(finished.body.code).toBe('account/session-required')
			const state = removeSecondFactor ? 'signed-in' : 'second-factor-required'
			expect((await visitor.call('POST', '/session', { username: 'ann', password: newPassword })).body).toEqual({
				state,
			})
			if (!removeSecondFactor) {
				const { recoveryCodes } = await restoreSession(ann.browser, newPassword, seed)
				expect(recoveryCodes).toHaveLength(10)
			}
		}
		expect(await activity(server, ann.workspaceId)).toContain('account.two-factor-disabled by visitor on Ann')
	})

	it('is made by owners only, and only for accounts that are theirs alone to help', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const admin = await join(server, ann, { username: 'adam', role: 'admin' })
		await join(server, ann, { username: 'bob', role: 'viewer' })
		const { members } = (await admin.call('GET', `/workspaces/${ann.workspaceId}/members`)).body
		for (const { id } of members)
			expect((await admin.call('POST', `/workspaces/${ann.workspaceId}/members/${id}/recovery-link`)).body.code).toBe(
				'role/insufficient',
			)
		expect(
			(await ann.browser.call('POST', `/workspaces/${ann.workspaceId}/members/mem_missing/recovery-link`)).body.code,
		).toBe('request/not-found')
		// Bob belongs to a workspace of somebody else too: its owner must not lose him to Ann.
		const other = await server.store.workspaces.create('Elsewhere')
		const bob = members.find((member: { username: string }) => member.username === 'bob')
		await server.store.members.add({ workspaceId: other.id, accountId: bob.accountId, role: 'viewer' })
		expect((await linkFor(ann, 'bob')).body).toMatchObject({ status: 403, code: 'role/insufficient' })
	})

	it('cannot be searched for', async () => {
		server = await startTestServer()
		await setUpAnn(server)
		const browser = server.browser({ ip: '203.0.113.7' })
		const codes = []
		for (let guess = 0; guess < 31; guess += 1)
			codes.push((await browser.call('POST', '/recovery/read', { token: `guess ${guess}` })).body.code)
		expect(codes[0]).toBe('recovery-link/invalid')
		expect(codes.at(-1)).toBe('account/throttled')
		const invitation = await browser.call('POST', '/invitations/read', { token: 'guess' })
		expect(invitation.body.code).toBe('account/throttled')
	})
})

/** Signs in again with the app: the second factor is still there. */
async function restoreSession(browser: Browser, typed: string, seed: Buffer): Promise<{ recoveryCodes: string[] }> {
	await browser.call('POST', '/session', { username: 'ann', password: typed })
	const code = totpCode(seed, Math.floor(Date.now() / 30_000) + 1)
	await browser.call('POST', '/session/second-factor', { kind: 'totp', code })
	return (await browser.call('POST', '/me/two-factor/recovery-codes', { password: typed })).body
}
