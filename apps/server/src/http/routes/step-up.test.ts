import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { totpCode } from '../../accounts/totp.ts'
import { pathOf } from './application-passwords.testing.ts'
import {
	activity,
	join,
	password,
	seedOf,
	setUpAnn,
	startTestServer,
	type Browser,
	type TestServer,
} from './test-server.testing.ts'

const minutes = (count: number) => count * 60_000
const start = Date.parse('2026-11-21T12:00:15Z')

let server: TestServer
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: start }))
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
const codeOf = (secret: string) => totpCode(seedOf(secret), Math.floor(Date.now() / 30_000))
const proofOf = async (browser: Browser) => (await browser.call('GET', '/me/step-up')).body
const stepUp = (browser: Browser, kind: string, code: string) => browser.call('POST', '/me/step-up', { kind, code })
const newCodes = (browser: Browser) => browser.call('POST', '/me/two-factor/recovery-codes')

async function setUp() {
	server = await startTestServer()
	return setUpAnn(server)
}

async function withTwoFactor() {
	const made = await setUp()
	const { secret } = (await made.browser.call('POST', '/me/two-factor', { password })).body
	const confirmed = await made.browser.call('POST', '/me/two-factor/confirm', { code: codeOf(secret) })
	return { ...made, secret: String(secret), recoveryCodes: confirmed.body.recoveryCodes as readonly string[] }
}

describe('a proof', () => {
	it('is made by signing in, and holds for ten minutes', async () => {
		const { browser } = await setUp()
		const ends = new Date(start + minutes(10)).toISOString()
		expect(await proofOf(browser)).toEqual({ freshUntil: ends, methods: ['password'] })
		later(minutes(10) - 1)
		expect((await proofOf(browser)).freshUntil).toBe(ends)
		later(1)
		expect((await proofOf(browser)).freshUntil).toBeNull()
	})

	it('is made again by the password, under a new session id that ends when the old one would have', async () => {
		const { browser, workspaceId } = await setUp()
		later(minutes(11))
		const token = browser.cookies.get('postern.session_token')
		const before = (await browser.call('GET', '/me/sessions')).body.sessions
		expect((await stepUp(browser, 'password', 'wrong')).body.code).toBe('account/credentials-wrong')
		expect((await proofOf(browser)).freshUntil).toBeNull()
		const answer = await stepUp(browser, 'password', password)
		expect(answer.body.freshUntil).toBe(new Date(start + minutes(21)).toISOString())
		expect(browser.cookies.get('postern.session_token')).not.toBe(token)
		const after = (await browser.call('GET', '/me/sessions')).body.sessions
		expect(after.map(({ createdAt }: { createdAt: string }) => createdAt)).toEqual([before[0].createdAt])
		expect(after[0].id).not.toBe(before[0].id)
		later(7 * 86_400_000 - minutes(11))
		expect((await browser.call('GET', '/me')).status).toBe(401)
		expect(await activity(server, workspaceId)).toContain('account.stepped-up by Ann on Ann')
	})

	it('leaves nothing to whoever holds the old session id', async () => {
		const { browser } = await setUp()
		const thief = server.browser()
		thief.cookies.set('postern.session_token', browser.cookies.get('postern.session_token') ?? '')
		expect((await thief.call('GET', '/me')).status).toBe(200)
		await stepUp(browser, 'password', password)
		expect((await thief.call('GET', '/me')).body.code).toBe('account/session-required')
		expect((await browser.call('GET', '/me')).status).toBe(200)
	})

	it('stands for one session, not for the account', async () => {
		const { browser } = await setUp()
		const other = server.browser()
		await other.call('POST', '/session', { username: 'ann', password })
		later(minutes(11))
		await stepUp(browser, 'password', password)
		expect((await proofOf(other)).freshUntil).toBeNull()
	})

	it('cannot be guessed', async () => {
		const { browser } = await setUp()
		const codes = []
		for (let guess = 0; guess < 7; guess += 1)
			codes.push((await stepUp(browser, 'password', `wrong ${guess}`)).body.code)
		expect(codes.at(-1)).toBe('account/throttled')
	})

	it('is wanted for what gives others power: an invitation, a recovery link, a higher role', async () => {
		const { browser, workspaceId } = await setUp()
		await join(server, { browser, workspaceId }, { username: 'bob', role: 'editor' })
		const bob = await pathOf({ browser, workspaceId }, 'bob')
		const invite = () => browser.call('POST', `/workspaces/${workspaceId}/invitations`, { role: 'viewer', label: '' })
		const asks = [
			invite,
			() => browser.call('POST', `${bob}/recovery-link`),
			() => browser.call('PATCH', bob, { role: 'owner' }),
		]
		later(minutes(11))
		for (const ask of asks) expect((await ask()).body.code).toBe('account/step-up-required')
		// What takes power away waits for nothing.
		expect((await browser.call('PATCH', bob, { role: 'viewer' })).status).toBe(204)
		await stepUp(browser, 'password', password)
		for (const ask of asks) expect((await ask()).status).toBeLessThan(300)
	})

	it('is nothing to somebody who is not signed in', async () => {
		await setUp()
		expect((await stepUp(server.browser(), 'password', password)).body.code).toBe('account/session-required')
	})
})

describe('with a second factor', () => {
	it('the password is not enough, a code is, and each code once', async () => {
		const { browser, secret, recoveryCodes } = await withTwoFactor()
		expect((await proofOf(browser)).methods).toEqual(['totp', 'recovery-code'])
		later(minutes(11))
		expect((await newCodes(browser)).body.code).toBe('account/step-up-required')
		expect((await stepUp(browser, 'password', password)).body.code).toBe('account/step-up-required')
		expect((await stepUp(browser, 'totp', '000000')).body.code).toBe('account/second-factor-wrong')
		expect((await stepUp(browser, 'totp', codeOf(secret))).status).toBe(200)
		expect((await stepUp(browser, 'totp', codeOf(secret))).body.code).toBe('account/second-factor-wrong')
		expect((await stepUp(browser, 'recovery-code', recoveryCodes[0] ?? '')).status).toBe(200)
		expect((await stepUp(browser, 'recovery-code', recoveryCodes[0] ?? '')).body.code).toBe(
			'account/second-factor-wrong',
		)
		expect((await newCodes(browser)).status).toBe(200)
	})

	it('a sign-in with both steps is a proof', async () => {
		const { secret } = await withTwoFactor()
		later(minutes(1))
		const browser = server.browser()
		await browser.call('POST', '/session', { username: 'ann', password })
		await browser.call('POST', '/session/second-factor', { kind: 'totp', code: codeOf(secret) })
		expect((await newCodes(browser)).status).toBe(200)
	})

	it('changing the password makes no proof of the second factor', async () => {
		const { browser } = await withTwoFactor()
		later(minutes(11))
		const newPassword = 'a new battery for the old horse'
		await browser.call('PUT', '/me/password', { currentPassword: password, newPassword })
		expect((await proofOf(browser)).freshUntil).toBeNull()
	})

	it.each(['/me/two-factor/recovery-codes', '/me/two-factor/disable'])('%s wants a proof', async (path) => {
		const { browser } = await withTwoFactor()
		later(minutes(11))
		expect((await browser.call('POST', path)).body).toMatchObject({ status: 401, code: 'account/step-up-required' })
	})

	it('somebody else’s code proves nothing', async () => {
		const { browser, workspaceId, recoveryCodes } = await withTwoFactor()
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
		expect((await stepUp(bob, 'recovery-code', recoveryCodes[0] ?? '')).body.code).toBe('account/step-up-required')
	})
})

it('a session from before there were proofs has none', async () => {
	const { browser } = await setUp()
	await server.store.kysely
		.updateTable('auth_session' as never)
		.set({ provenAt: null, provenBy: null } as never)
		.execute()
	expect((await proofOf(browser)).freshUntil).toBeNull()
})
