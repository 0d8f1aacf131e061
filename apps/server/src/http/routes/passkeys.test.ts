import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../../scripts/testing/postgres.ts'
import { totpCode } from '../../accounts/totp.ts'
import { createAuthenticator, type Authenticator, type Lies } from './software-authenticator.testing.ts'
import {
	activity,
	join,
	password,
	seedOf,
	setUpAnn,
	startTestServer,
	tokenOf,
	type Answer,
	type Browser,
	type TestServer,
} from './test-server.testing.ts'

const minutes = (count: number) => count * 60_000
const start = Date.parse('2026-11-21T12:00:15Z')
const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
const codeOf = (secret: string) => totpCode(seedOf(secret), Math.floor(Date.now() / 30_000))

let postgres: TestPostgres
beforeAll(async () => {
	postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.stop(), 60_000)

let server: TestServer
let databaseUrl: string | undefined
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: start }))
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

async function setUp(environ: Readonly<Record<string, string>> = {}) {
	server = await startTestServer({ environ, ...(databaseUrl === undefined ? {} : { databaseUrl }) })
	return setUpAnn(server)
}

async function add(browser: Browser, authenticator: Authenticator, lies: Lies = {}, name = 'Phone'): Promise<Answer> {
	const creation = await browser.call('POST', '/me/passkeys/options')
	if (creation.status !== 200) return creation
	return browser.call('POST', '/me/passkeys', { name, answer: authenticator.make(creation.body, lies) })
}

async function answer(browser: Browser, path: string, authenticator: Authenticator, lies: Lies = {}): Promise<Answer> {
	const request = await browser.call('POST', `${path}/options`)
	if (request.status !== 200) return request
	return browser.call('POST', path, authenticator.answer(request.body, lies))
}

const signIn = (browser: Browser, authenticator: Authenticator, lies: Lies = {}) =>
	answer(browser, '/session/passkey', authenticator, lies)
const firstStep = (browser: Browser) => browser.call('POST', '/session', { username: 'ann', password })
const me = async (browser: Browser) => (await browser.call('GET', '/me')).body
const refused = { status: 401, code: 'account/passkey-refused' }

async function withPasskey() {
	const made = await setUp()
	const authenticator = createAuthenticator()
	const added = await add(made.browser, authenticator)
	if (added.status !== 200) throw new Error(added.text)
	return { ...made, authenticator, recoveryCodes: added.body.recoveryCodes as readonly string[] }
}

describe.each(['SQLite', 'PostgreSQL'])('on %s', (store) => {
	beforeEach(async () => {
		databaseUrl = store === 'PostgreSQL' ? await postgres.createDatabase() : undefined
	})
	afterEach(() => {
		databaseUrl = undefined
	})

	it('a passkey is added, signs in, steps up, is renamed and removed', async () => {
		const { browser, authenticator, workspaceId } = await withPasskey()
		later(minutes(1))
		const other = server.browser()
		expect((await signIn(other, authenticator)).body).toEqual({ state: 'signed-in' })
		expect((await me(other)).account).toMatchObject({
			username: 'Ann',
			hasSecondFactor: true,
			hasAuthenticatorApp: false,
		})
		later(minutes(11))
		expect((await other.call('GET', '/me/step-up')).body).toEqual({
			freshUntil: null,
			methods: ['passkey', 'recovery-code'],
		})
		const [passkey] = (await browser.call('GET', '/me/passkeys')).body.passkeys
		expect(passkey).toEqual({
			id: expect.stringMatching(/^pk_/),
			name: 'Phone',
			createdAt: new Date(start).toISOString(),
			lastUsedAt: new Date(start + minutes(1)).toISOString(),
		})
		expect((await other.call('DELETE', `/me/passkeys/${passkey.id}`)).body.code).toBe('account/step-up-required')
		expect((await answer(other, '/me/step-up/passkey', authenticator)).body.freshUntil).not.toBeNull()
		expect((await other.call('PATCH', `/me/passkeys/${passkey.id}`, { name: '  Old   phone ' })).status).toBe(204)
		expect((await other.call('GET', '/me/passkeys')).body.passkeys[0].name).toBe('Old phone')
		expect((await other.call('DELETE', `/me/passkeys/${passkey.id}`)).status).toBe(204)
		expect((await other.call('GET', '/me/passkeys')).body.passkeys).toEqual([])
		expect((await browser.call('GET', '/me')).status).toBe(401)
		expect((await me(other)).account.hasSecondFactor).toBe(false)
		expect(await signIn(server.browser(), authenticator)).toMatchObject({ body: refused })
		const events = await activity(server, workspaceId)
		for (const event of ['passkey-added', 'signed-in', 'stepped-up', 'passkey-renamed', 'passkey-removed'])
			expect(events).toContain(`account.${event} by Ann on Ann`)
	})

	it('of two answers with one counter, one counts', async () => {
		const { authenticator } = await withPasskey()
		const browsers = [server.browser(), server.browser(), server.browser()]
		const answers = await Promise.all(browsers.map((browser) => signIn(browser, authenticator, { counter: 9 })))
		expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
	})
})

describe('adding a passkey', () => {
	it('gives recovery codes with the first second factor, ends other sessions, and gives this one a new id', async () => {
		const { browser } = await setUp()
		const other = server.browser()
		await firstStep(other)
		const before = browser.cookies.get('postern.session_token')
		const added = await add(browser, createAuthenticator())
		expect(new Set(added.body.recoveryCodes).size).toBe(10)
		expect(browser.cookies.get('postern.session_token')).not.toBe(before)
		expect((await other.call('GET', '/me')).status).toBe(401)
		expect((await add(browser, createAuthenticator(), {}, 'Key')).body.recoveryCodes).toBeNull()
	})

	it('leaves application passwords as they are, or revokes them, as was chosen', async () => {
		const { browser, workspaceId } = await setUp()
		const { memberId } = (await me(browser)).memberships[0]
		const path = `/workspaces/${workspaceId}/members/${memberId}/application-passwords`
		const wanted = { name: 'Phone', preset: 'read-only' }
		const issued = await browser.call('POST', path, wanted)
		expect(issued.status, issued.text).toBe(200)
		const count = async () => (await browser.call('GET', path)).body.applicationPasswords.length
		await add(browser, createAuthenticator())
		expect(await count()).toBe(1)
		const creation = (await browser.call('POST', '/me/passkeys/options')).body
		const made = { name: 'Key', answer: createAuthenticator().make(creation), revokeApplicationPasswords: true }
		expect((await browser.call('POST', '/me/passkeys', made)).status).toBe(200)
		expect(await count()).toBe(0)
	})

	it('wants a fresh proof, and the one of the strongest factor', async () => {
		const { browser, authenticator } = await withPasskey()
		later(minutes(11))
		expect((await add(browser, createAuthenticator())).body.code).toBe('account/step-up-required')
		await answer(browser, '/me/step-up/passkey', authenticator)
		expect((await add(browser, createAuthenticator())).status).toBe(200)
	})

	it('asks the device to verify its owner, and to keep the account’s id and name only', async () => {
		const { browser } = await setUp()
		const creation = (await browser.call('POST', '/me/passkeys/options')).body
		expect(creation.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
		expect(creation.rp).toEqual({ id: 'localhost', name: 'Postern' })
		expect(creation.user.name).toBe('Ann')
		expect(Buffer.from(creation.challenge, 'base64url')).toHaveLength(32)
	})

	it.each([
		['another origin', { origin: 'https://postern.example.evil.test' }],
		['another name', { rpId: 'evil.test' }],
		['another challenge', { challenge: 'AAAA' }],
		['no verified person', { isVerified: false }],
		['the answer to another question', { type: 'webauthn.get' }],
	])('refuses %s', async (_, lies) => {
		const { browser } = await setUp()
		expect((await add(browser, createAuthenticator(), lies)).body).toMatchObject(refused)
		expect((await browser.call('GET', '/me/passkeys')).body.passkeys).toEqual([])
	})

	it('takes the answer from the session that asked, once, within five minutes', async () => {
		const { browser, workspaceId } = await setUp()
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
		const creation = (await browser.call('POST', '/me/passkeys/options')).body
		const made = { name: 'x', answer: createAuthenticator().make(creation) }
		bob.cookies.set('postern.passkey_question', browser.cookies.get('postern.passkey_question') ?? '')
		expect((await bob.call('POST', '/me/passkeys', made)).body).toMatchObject(refused)
		expect((await browser.call('POST', '/me/passkeys', made)).body).toMatchObject(refused)
		const late = (await browser.call('POST', '/me/passkeys/options')).body
		later(minutes(5))
		const lateMade = { name: 'x', answer: createAuthenticator().make(late) }
		expect((await browser.call('POST', '/me/passkeys', lateMade)).body).toMatchObject(refused)
	})

	it('refuses a credential that somebody has already', async () => {
		const { browser, authenticator } = await withPasskey()
		expect((await add(browser, authenticator)).body).toMatchObject(refused)
	})

	it.each(['', '   ', 'a\u0000b', '\u200b', 'x'.repeat(61)])('does not call one %j', async (name) => {
		const { browser, authenticator } = await withPasskey()
		const malformed = { status: 422, code: 'account/passkey-name-malformed' }
		expect((await add(browser, createAuthenticator(), {}, name)).body).toMatchObject(malformed)
		expect((await signIn(server.browser(), authenticator)).status).toBe(200)
		const [{ id }] = (await browser.call('GET', '/me/passkeys')).body.passkeys
		expect((await browser.call('PATCH', `/me/passkeys/${id}`, { name })).body).toMatchObject(malformed)
	})

	it('ends at twenty', async () => {
		const { browser } = await setUp()
		for (let count = 0; count < 20; count += 1)
			expect((await add(browser, createAuthenticator(), {}, `Key ${count}`)).status).toBe(200)
		expect((await add(browser, createAuthenticator())).body).toMatchObject({
			status: 409,
			code: 'account/passkey-limit',
		})
	})

	it('is not for somebody else’s: there is nothing to see, rename or remove', async () => {
		const { browser, workspaceId } = await withPasskey()
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
		const [{ id }] = (await browser.call('GET', '/me/passkeys')).body.passkeys
		expect((await bob.call('GET', '/me/passkeys')).body.passkeys).toEqual([])
		expect((await bob.call('PATCH', `/me/passkeys/${id}`, { name: 'Mine' })).body.code).toBe('request/not-found')
		expect((await bob.call('DELETE', `/me/passkeys/${id}`)).body.code).toBe('request/not-found')
		expect((await browser.call('GET', '/me/passkeys')).body.passkeys[0].name).toBe('Phone')
	})
})

describe('a passkey instead of a password', () => {
	it('asks nobody who they are, and is a proof of the second factor', async () => {
		const { authenticator } = await withPasskey()
		const browser = server.browser()
		const request = (await browser.call('POST', '/session/passkey/options')).body
		expect(request).toMatchObject({ rpId: 'localhost', allowCredentials: [], userVerification: 'required' })
		await signIn(browser, authenticator)
		expect((await browser.call('POST', '/me/two-factor/recovery-codes')).status).toBe(200)
	})

	it.each<[string, Lies]>([
		['ACC-012: another origin', { origin: 'https://postern.example.evil.test' }],
		['the same host at another port', { origin: 'http://localhost:4601' }],
		['ACC-014: a registration’s answer', { type: 'webauthn.create' }],
		['another name', { rpId: 'evil.test' }],
		['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
		['no verified person', { isVerified: false }],
		['a passkey nobody knows', { id: Buffer.alloc(24).toString('base64url') }],
		['a device that does not say whose it is', { userHandle: undefined }],
		['a wrong signature', { signature: Buffer.alloc(70).toString('base64url') }],
		['rubbish', { signature: '%%%', id: '' }],
	])('refuses %s', async (_, lies) => {
		const { authenticator, workspaceId } = await withPasskey()
		const browser = server.browser()
		expect((await signIn(browser, authenticator, lies)).body).toMatchObject(refused)
		expect((await browser.call('GET', '/me')).status).toBe(401)
		expect((await activity(server, workspaceId)).join()).not.toContain('counter-regressed')
	})

	it('says the same of everything that it refuses', async () => {
		const { authenticator } = await withPasskey()
		const said = async (lies: Lies) => {
			const { headers, body } = await signIn(server.browser(), authenticator, lies)
			const { requestId: _, ...rest } = body
			return { rest, cookies: headers['set-cookie'] }
		}
		const unknown = await said({ id: Buffer.alloc(24).toString('base64url') })
		expect(await said({ signature: Buffer.alloc(70).toString('base64url') })).toEqual(unknown)
		expect(await said({ isVerified: false })).toEqual(unknown)
	})

	it('ACC-013: answers a question once', async () => {
		const { authenticator } = await withPasskey()
		const browser = server.browser()
		const request = (await browser.call('POST', '/session/passkey/options')).body
		const question = browser.cookies.get('postern.passkey_question') ?? ''
		const first = authenticator.answer(request)
		expect((await browser.call('POST', '/session/passkey', first)).status).toBe(200)
		browser.cookies.set('postern.passkey_question', question)
		expect((await browser.call('POST', '/session/passkey', first)).body).toMatchObject(refused)
		expect((await browser.call('POST', '/session/passkey', authenticator.answer(request))).body).toMatchObject(refused)
	})

	it('answers in the browser that asked, within five minutes', async () => {
		const { authenticator } = await withPasskey()
		const browser = server.browser()
		const request = (await browser.call('POST', '/session/passkey/options')).body
		expect((await server.browser().call('POST', '/session/passkey', authenticator.answer(request))).body).toMatchObject(
			refused,
		)
		later(minutes(5))
		expect((await browser.call('POST', '/session/passkey', authenticator.answer(request))).body).toMatchObject(refused)
	})

	it('ACC-016: is its owner’s, whatever the device says', async () => {
		const { browser, authenticator, workspaceId } = await withPasskey()
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
		const handle = Buffer.from((await me(bob)).account.id).toString('base64url')
		expect((await signIn(server.browser(), authenticator, { userHandle: handle })).body).toMatchObject(refused)
	})

	it('is refused when its counter went back, and its owner hears of it', async () => {
		const { authenticator, workspaceId } = await withPasskey()
		expect((await signIn(server.browser(), authenticator, { counter: 9 })).status).toBe(200)
		expect((await signIn(server.browser(), authenticator, { counter: 9 })).body).toMatchObject(refused)
		expect((await signIn(server.browser(), authenticator, { counter: 0 })).body).toMatchObject(refused)
		const events = await activity(server, workspaceId)
		expect(events).toContain('account.passkey-counter-regressed by visitor on Ann')
		expect((await signIn(server.browser(), authenticator, { counter: 10 })).status).toBe(200)
	})

	it('may be one that does not count', async () => {
		const { browser } = await setUp()
		const authenticator = createAuthenticator()
		await add(browser, authenticator, { counter: 0 })
		for (let use = 0; use < 2; use += 1)
			expect((await signIn(server.browser(), authenticator, { counter: 0 })).status).toBe(200)
	})

	it('ends whoever was signed in here before', async () => {
		const { browser, authenticator, workspaceId } = await withPasskey()
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
		const before = bob.cookies.get('postern.session_token') ?? ''
		await signIn(bob, authenticator)
		expect((await me(bob)).account.username).toBe('Ann')
		bob.cookies.set('postern.session_token', before)
		expect((await bob.call('GET', '/me')).status).toBe(401)
	})

	it('is asked for a bounded number of times', async () => {
		await setUp()
		const browser = server.browser({ ip: '192.0.2.9' })
		const codes = []
		for (let asked = 0; asked < 61; asked += 1)
			codes.push((await browser.call('POST', '/session/passkey/options')).body.code)
		expect(codes.at(-1)).toBe('account/throttled')
		const elsewhere = server.browser({ ip: '198.51.100.9' })
		expect((await elsewhere.call('POST', '/session/passkey/options')).status).toBe(200)
	})

	it('leaves no question behind that nobody answered in time', async () => {
		await setUp()
		for (let asked = 0; asked < 3; asked += 1) await server.browser().call('POST', '/session/passkey/options')
		later(minutes(5))
		await server.browser().call('POST', '/session/passkey/options')
		expect(await server.store.kysely.selectFrom('passkey_challenge').select('purpose').execute()).toHaveLength(1)
	})
})

describe('a passkey as the second factor', () => {
	it('is asked for after the password, and finishes signing in', async () => {
		const { authenticator } = await withPasskey()
		const browser = server.browser()
		expect((await firstStep(browser)).body).toEqual({ state: 'second-factor-required' })
		expect((await browser.call('GET', '/me')).status).toBe(401)
		expect((await browser.call('GET', '/session/second-factor')).body).toEqual({
			methods: ['passkey', 'recovery-code'],
		})
		const request = (await browser.call('POST', '/session/second-factor/passkey/options')).body
		expect(request.allowCredentials).toHaveLength(1)
		// Devices that are told which passkey to use need not say whose it is.
		const asserted = authenticator.answer(request, { userHandle: undefined })
		expect((await browser.call('POST', '/session/second-factor/passkey', asserted)).body).toEqual({
			state: 'signed-in',
		})
		expect((await me(browser)).account.username).toBe('Ann')
	})

	it('can be stood in for by a recovery code, but by no code of an app that is not there', async () => {
		const { recoveryCodes } = await withPasskey()
		const browser = server.browser()
		await firstStep(browser)
		const second = (kind: string, code: string) => browser.call('POST', '/session/second-factor', { kind, code })
		expect((await second('totp', '000000')).body.code).toBe('account/second-factor-wrong')
		expect((await second('recovery-code', recoveryCodes[0] ?? '')).body).toEqual({ state: 'signed-in' })
		expect((await browser.call('GET', '/me')).status).toBe(200)
	})

	it('must be of the account whose password was typed', async () => {
		const { browser, workspaceId } = await withPasskey()
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
		const bobs = createAuthenticator()
		await add(bob, bobs)
		const thief = server.browser()
		await firstStep(thief)
		expect((await answer(thief, '/session/second-factor/passkey', bobs)).body).toMatchObject(refused)
		expect((await thief.call('GET', '/me')).status).toBe(401)
	})

	it('needs the first step, once', async () => {
		const { authenticator } = await withPasskey()
		const browser = server.browser()
		const wanted = { status: 401, code: 'account/session-required' }
		expect((await browser.call('GET', '/session/second-factor')).body).toMatchObject(wanted)
		expect((await answer(browser, '/session/second-factor/passkey', authenticator)).body).toMatchObject(wanted)
		await firstStep(browser)
		const step = browser.cookies.get('postern.two_factor') ?? ''
		expect((await answer(browser, '/session/second-factor/passkey', authenticator)).status).toBe(200)
		browser.cookies.set('postern.two_factor', step)
		expect((await answer(browser, '/session/second-factor/passkey', authenticator)).body).toMatchObject(wanted)
	})

	it('does not answer a question that was asked for signing in, nor the other way round', async () => {
		const { authenticator } = await withPasskey()
		const browser = server.browser()
		await firstStep(browser)
		const request = (await browser.call('POST', '/session/passkey/options')).body
		const asserted = authenticator.answer(request)
		expect((await browser.call('POST', '/session/second-factor/passkey', asserted)).body).toMatchObject(refused)
		const second = (await browser.call('POST', '/session/second-factor/passkey/options')).body
		expect((await browser.call('POST', '/session/passkey', authenticator.answer(second))).body).toMatchObject(refused)
	})

	it('cannot be tried for ever', async () => {
		const { authenticator } = await withPasskey()
		const browser = server.browser()
		await firstStep(browser)
		const codes = []
		for (let guess = 0; guess < 7; guess += 1)
			codes.push(
				(await answer(browser, '/session/second-factor/passkey', authenticator, { isVerified: false })).body.code,
			)
		expect(codes.at(-1)).toBe('account/throttled')
	})
})

describe('passkeys and an authenticator app', () => {
	it('stand beside each other; removing one leaves the other, and the recovery codes', async () => {
		const { browser, authenticator, recoveryCodes } = await withPasskey()
		const { secret } = (await browser.call('POST', '/me/two-factor', { password })).body
		const confirmed = await browser.call('POST', '/me/two-factor/confirm', { code: codeOf(secret) })
		expect(confirmed.body.recoveryCodes).toEqual([])
		expect((await browser.call('GET', '/me/step-up')).body.methods).toEqual(['passkey', 'totp', 'recovery-code'])
		const [{ id }] = (await browser.call('GET', '/me/passkeys')).body.passkeys
		expect((await browser.call('DELETE', `/me/passkeys/${id}`)).status).toBe(204)
		expect((await me(browser)).account).toMatchObject({ hasSecondFactor: true, hasAuthenticatorApp: true })
		await add(browser, createAuthenticator())
		expect((await browser.call('POST', '/me/two-factor/disable')).status).toBe(204)
		expect((await me(browser)).account).toMatchObject({ hasSecondFactor: true, hasAuthenticatorApp: false })
		const other = server.browser()
		expect((await firstStep(other)).body).toEqual({ state: 'second-factor-required' })
		const code = { kind: 'recovery-code', code: recoveryCodes[0] }
		expect((await other.call('POST', '/session/second-factor', code)).status).toBe(200)
		expect((await signIn(server.browser(), authenticator)).body).toMatchObject(refused)
	})

	it('an app is not added by the password alone once there is a passkey', async () => {
		const { browser } = await withPasskey()
		later(minutes(11))
		expect((await browser.call('POST', '/me/two-factor', { password })).body.code).toBe('account/step-up-required')
	})
})

it('a recovery link that removes the second factor removes the passkeys', async () => {
	const { browser, workspaceId, authenticator: _ } = await withPasskey()
	const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
	const bobs = createAuthenticator()
	await add(bob, bobs)
	const members = (await browser.call('GET', `/workspaces/${workspaceId}/members`)).body.members
	const { id } = members.find(({ username }: { username: string }) => username === 'bob')
	const made = await browser.call('POST', `/workspaces/${workspaceId}/members/${id}/recovery-link`)
	const recovery = {
		token: tokenOf(made.body.link),
		newPassword: 'another kettle of blue fish',
		removeSecondFactor: true,
	}
	expect((await browser.call('POST', '/recovery', recovery)).status).toBe(204)
	expect((await signIn(server.browser(), bobs)).body).toMatchObject(refused)
	const again = await server.browser().call('POST', '/session', { username: 'bob', password: recovery.newPassword })
	expect(again.body).toEqual({ state: 'signed-in' })
})

describe('where passkeys do not work', () => {
	it.each(['http://postern.example', 'https://192.0.2.7'])('%s says so, and offers none', async (origin) => {
		const { browser } = await setUp({ POSTERN_ORIGIN: origin })
		expect((await browser.call('GET', '/status')).body.passkeyOrigin).toBeNull()
		const unavailable = { status: 409, code: 'account/passkey-unavailable' }
		expect((await browser.call('POST', '/me/passkeys/options')).body).toMatchObject(unavailable)
		expect((await browser.call('POST', '/session/passkey/options')).body).toMatchObject(unavailable)
	})

	it('the status names the address where they do', async () => {
		const { browser } = await setUp()
		expect((await browser.call('GET', '/status')).body.passkeyOrigin).toBe('http://localhost:4600')
	})
})
