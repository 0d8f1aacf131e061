import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { totpCode } from '../../accounts/totp.ts'
import {
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
beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:00:15Z') })
	server = await startTestServer()
})
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const newPassword = 'a quite different sentence'

async function memberPath(browser: Browser, workspaceId: string, username: string): Promise<string> {
	const { members } = (await browser.call('GET', `/workspaces/${workspaceId}/members`)).body
	const { id } = members.find((member: { username: string }) => member.username === username)
	return `/workspaces/${workspaceId}/members/${id}`
}

describe('an invitation', () => {
	const newcomer = { username: 'mallory', email: 'mallory@example.com', password }

	it('ends with the power of whoever made it', async () => {
		const ann = await setUpAnn(server)
		const otto = await join(server, ann, { username: 'otto', role: 'owner' })
		const invite = async (role: string) =>
			tokenOf((await otto.call('POST', `/workspaces/${ann.workspaceId}/invitations`, { role, label: role })).body.link)
		const [asOwner, asViewer] = [await invite('owner'), await invite('viewer')]
		const otherLabels = async () =>
			(await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/invitations`)).body.invitations.map(
				({ label }: { label: string }) => label,
			)
		const path = await memberPath(ann.browser, ann.workspaceId, 'otto')
		await ann.browser.call('PATCH', path, { role: 'admin' })
		const accept = (token: string) => server.browser().call('POST', '/invitations/accept', { token, account: newcomer })
		expect((await accept(asOwner)).body.code).toBe('invitation/invalid')
		expect((await server.browser().call('POST', '/invitations/read', { token: asOwner })).body.code).toBe(
			'invitation/invalid',
		)
		expect(await otherLabels()).toEqual(['viewer'])
		expect((await server.browser().call('POST', '/invitations/read', { token: asViewer })).status).toBe(200)
		await ann.browser.call('DELETE', path)
		expect(await otherLabels()).toEqual([])
		expect((await accept(asViewer)).body.code).toBe('invitation/invalid')
		// Whoever was removed does not come back by a link of their own.
		expect((await otto.call('POST', '/invitations/accept', { token: asViewer })).body.code).toBe('invitation/invalid')
	})
})

describe('a recovery link', () => {
	it('is nobody’s own: a session that was left open must not be enough to take the account', async () => {
		const ann = await setUpAnn(server)
		const path = await memberPath(ann.browser, ann.workspaceId, 'Ann')
		expect((await ann.browser.call('POST', `${path}/recovery-link`)).body.code).toBe('role/insufficient')
	})

	it('ends with the power of whoever made it', async () => {
		const ann = await setUpAnn(server)
		const otto = await join(server, ann, { username: 'otto', role: 'owner' })
		await join(server, ann, { username: 'bob', role: 'editor' })
		const ofBob = await memberPath(otto, ann.workspaceId, 'bob')
		const token = tokenOf((await otto.call('POST', `${ofBob}/recovery-link`)).body.link)
		const ofOtto = await memberPath(ann.browser, ann.workspaceId, 'otto')
		await ann.browser.call('PATCH', ofOtto, { role: 'admin' })
		const recover = () => server.browser().call('POST', '/recovery', { token, newPassword, removeSecondFactor: true })
		expect((await recover()).body.code).toBe('recovery-link/invalid')
		await ann.browser.call('PATCH', ofOtto, { role: 'owner' })
		expect((await recover()).status).toBe(204)
	})
})

describe('a sign-in that waits for its second step', () => {
	async function signInHalfway() {
		const ann = await setUpAnn(server)
		const { body } = await ann.browser.call('POST', '/me/two-factor', { password })
		const step = Math.floor(Date.now() / 30_000)
		const codeOf = (offset: number) => totpCode(seedOf(body.secret), step + offset)
		await ann.browser.call('POST', '/me/two-factor/confirm', { code: codeOf(-1) })
		const waiting = server.browser()
		expect((await waiting.call('POST', '/session', { username: 'ann', password })).body.state).toBe(
			'second-factor-required',
		)
		const finish = (code: string) => waiting.call('POST', '/session/second-factor', { kind: 'totp', code })
		return { ann, codeOf, finish }
	}

	it('ends when the password with which it began is changed', async () => {
		const { ann, codeOf, finish } = await signInHalfway()
		const changed = await ann.browser.call('PUT', '/me/password', { currentPassword: password, newPassword })
		expect(changed.status).toBe(204)
		expect((await finish(codeOf(0))).body.code).toBe('account/session-required')
	})

	it('ends when the second factor is switched off', async () => {
		const { ann, codeOf, finish } = await signInHalfway()
		const stopped = await ann.browser.call('POST', '/me/two-factor/disable', { password, code: codeOf(0) })
		expect(stopped.status).toBe(204)
		expect((await finish(codeOf(1))).body.code).toBe('account/session-required')
	})
})

describe('a sign-in with a password that is being replaced', () => {
	it('leaves no session behind, however the two run together', async () => {
		const ann = await setUpAnn(server)
		await join(server, ann, { username: 'bob', role: 'editor' })
		const ofBob = await memberPath(ann.browser, ann.workspaceId, 'bob')
		const token = tokenOf((await ann.browser.call('POST', `${ofBob}/recovery-link`)).body.link)
		const thieves = Array.from({ length: 8 }, () => server.browser())
		const signIns = thieves.map((thief) => thief.call('POST', '/session', { username: 'bob', password }))
		const recovered = await server
			.browser()
			.call('POST', '/recovery', { token, newPassword, removeSecondFactor: false })
		expect(recovered.status).toBe(204)
		await Promise.all(signIns)
		for (const thief of thieves) expect((await thief.call('GET', '/me')).status).toBe(401)
	})
})

describe('an account under attack', () => {
	it('lets in whoever came through a recovery link', async () => {
		const ann = await setUpAnn(server)
		await join(server, ann, { username: 'bob', role: 'editor' })
		for (let network = 0; network < 12; network += 1) {
			const attacker = server.browser({ ip: `198.51.${network}.1` })
			await attacker.call('POST', '/session', { username: 'bob', password: 'a guess of an attacker' })
		}
		const bob = server.browser({ ip: '203.0.113.9' })
		const typed = { username: 'bob', password: newPassword }
		expect((await bob.call('POST', '/session', typed)).body.code).toBe('account/throttled')
		const ofBob = await memberPath(ann.browser, ann.workspaceId, 'bob')
		const token = tokenOf((await ann.browser.call('POST', `${ofBob}/recovery-link`)).body.link)
		await bob.call('POST', '/recovery', { token, newPassword, removeSecondFactor: false })
		expect((await bob.call('GET', '/me')).body.code).toBe('account/session-required')
		expect((await bob.call('POST', '/session', typed)).body).toEqual({ state: 'signed-in' })
	})
})
