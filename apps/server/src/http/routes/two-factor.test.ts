import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { totpCode } from '../../accounts/totp.ts'
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

let server: TestServer
// Codes change every 30 seconds; here it stays the middle of one step, for the account library too.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:00:15Z') }))
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

/** The code of now, or of so many steps before or after. */
function codeOf(secret: string, steps = 0): string {
	return totpCode(seedOf(secret), Math.floor(Date.now() / 30_000) + steps)
}

/** Switches two-factor on with the code of the step before, so that the ones of now and next are still unused. */
async function enable(browser: Browser): Promise<{ secret: string; recoveryCodes: string[] }> {
	const { secret } = (await browser.call('POST', '/me/two-factor', { password })).body
	const confirmed = await browser.call('POST', '/me/two-factor/confirm', { code: codeOf(secret, -1) })
	if (confirmed.status !== 200) throw new Error(confirmed.text)
	return { secret, recoveryCodes: confirmed.body.recoveryCodes }
}

const firstStep = (browser: Browser) => browser.call('POST', '/session', { username: 'ann', password })
const secondStep = (browser: Browser, code: string, kind = 'totp') =>
	browser.call('POST', '/session/second-factor', { kind, code })

async function withTwoFactor() {
	server = await startTestServer()
	const made = await setUpAnn(server)
	return { ...made, ...(await enable(made.browser)) }
}

describe('switching two-factor on', () => {
	it('takes the password, then a first code, and gives ten recovery codes', async () => {
		server = await startTestServer()
		const { browser, workspaceId } = await setUpAnn(server)
		expect((await browser.call('POST', '/me/two-factor', { password: 'wrong' })).body.code).toBe(
			'account/credentials-wrong',
		)
		const started = (await browser.call('POST', '/me/two-factor', { password })).body
		expect(started.uri).toMatch(/^otpauth:\/\/totp\/Postern/)
		expect(new URL(started.uri).searchParams.get('secret')).toBe(started.secret)
		expect(seedOf(started.secret).length).toBeGreaterThanOrEqual(20)
		// Until it is confirmed nothing changes.
		expect((await firstStep(server.browser())).body).toEqual({ state: 'signed-in' })
		const wrong = await browser.call('POST', '/me/two-factor/confirm', { code: '000000' })
		expect(wrong.body.code).toBe('account/second-factor-wrong')
		const { recoveryCodes } = (await browser.call('POST', '/me/two-factor/confirm', { code: codeOf(started.secret) }))
			.body
		expect(new Set(recoveryCodes).size).toBe(10)
		expect((await browser.call('GET', '/me')).body.account.hasSecondFactor).toBe(true)
		expect((await browser.call('POST', '/me/two-factor', { password })).body.code).toBe('account/two-factor-state')
		expect((await browser.call('POST', '/me/two-factor/confirm', { code: codeOf(started.secret) })).body.code).toBe(
			'account/two-factor-state',
		)
		expect(await activity(server, workspaceId)).toContain('account.two-factor-enabled by Ann on Ann')
	})

	it('ends all other sessions, and gives this one a new id', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const other = server.browser()
		await firstStep(other)
		const before = browser.cookies.get('postern.session_token')
		await enable(browser)
		expect(browser.cookies.get('postern.session_token')).not.toBe(before)
		expect((await browser.call('GET', '/me/sessions')).body.sessions).toHaveLength(1)
		expect((await other.call('GET', '/me')).status).toBe(401)
	})

	it('keeps neither the seed nor a recovery code readable in the store', async () => {
		const { secret, recoveryCodes } = await withTwoFactor()
		const rowsOf = (table: string) =>
			server.store.kysely
				.selectFrom(table as never)
				.selectAll()
				.execute()
		const kept = JSON.stringify([await rowsOf('auth_two_factor'), await rowsOf('recovery_code')])
		expect(kept).toContain('sha256:')
		for (const readable of [
			secret,
			seedOf(secret).toString(),
			...recoveryCodes,
			...recoveryCodes.map((code) => code.replaceAll('-', '')),
		])
			expect(kept).not.toContain(readable)
	})
})

describe('signing in with two-factor', () => {
	it('needs both steps, and there is no session between them', async () => {
		const { secret, workspaceId } = await withTwoFactor()
		const browser = server.browser()
		expect((await firstStep(browser)).body).toEqual({ state: 'second-factor-required' })
		expect((await browser.call('GET', '/me')).status).toBe(401)
		expect((await secondStep(browser, codeOf(secret))).body).toEqual({ state: 'signed-in' })
		expect((await browser.call('GET', '/me')).body.account.username).toBe('Ann')
		expect(await activity(server, workspaceId)).toContain('account.signed-in by Ann on Ann')
	})

	it('takes codes of one step before and after, with spaces, and no older ones', async () => {
		const { secret } = await withTwoFactor()
		const browser = server.browser()
		await firstStep(browser)
		expect((await secondStep(browser, codeOf(secret, -2))).body.code).toBe('account/second-factor-wrong')
		expect((await secondStep(browser, codeOf(secret, 3))).body.code).toBe('account/second-factor-wrong')
		const code = codeOf(secret, 1)
		expect((await secondStep(browser, `${code.slice(0, 3)} ${code.slice(3)} `)).body).toEqual({ state: 'signed-in' })
	})

	it('takes each code once, however many ask at the same moment', async () => {
		const { secret } = await withTwoFactor()
		const code = codeOf(secret)
		const browsers = [server.browser(), server.browser(), server.browser()]
		for (const browser of browsers) await firstStep(browser)
		const states = await Promise.all(browsers.map(async (browser) => (await secondStep(browser, code)).status))
		expect(states.toSorted((a, b) => a - b)).toEqual([200, 401, 401])
	})

	it('does not take a code from before one that was used', async () => {
		const { secret } = await withTwoFactor()
		const browser = server.browser()
		await firstStep(browser)
		await secondStep(browser, codeOf(secret, 1))
		const other = server.browser()
		await firstStep(other)
		expect((await secondStep(other, codeOf(secret))).body.code).toBe('account/second-factor-wrong')
	})

	it('looks at five codes in five minutes, and then waits', async () => {
		await withTwoFactor()
		const browser = server.browser()
		const codes = []
		for (let guess = 0; guess < 11; guess += 1) {
			if (guess % 4 === 0) await firstStep(browser)
			codes.push((await secondStep(browser, `00000${guess}`.slice(-6))).body.code)
		}
		expect(codes.filter((code) => code === 'account/second-factor-wrong').length).toBeLessThanOrEqual(5)
		expect(codes.at(-1)).toBe('account/throttled')
	})

	it('starts again after five wrong codes, even if it waits for each', async () => {
		let nowMs = Date.now()
		server = await startTestServer({ now: () => new Date(nowMs) })
		const { browser: owner } = await setUpAnn(server)
		await enable(owner)
		const browser = server.browser()
		await firstStep(browser)
		const codes = []
		for (let guess = 0; guess < 6; guess += 1) {
			nowMs += 61_000
			codes.push((await secondStep(browser, '000000')).body.code)
		}
		expect(codes.slice(0, 5)).toEqual(Array(5).fill('account/second-factor-wrong'))
		expect(codes[5]).toBe('account/session-required')
	})

	it('is not possible without the first step, or with somebody else’s', async () => {
		const { secret } = await withTwoFactor()
		expect((await secondStep(server.browser(), codeOf(secret))).body.code).toBe('account/session-required')
		const browser = server.browser()
		for (const value of ['', 'x', '2fa-aaaaaaaaaaaaaaaaaaaa.c2lnbmF0dXJl', '%', `2fa-${'x'.repeat(3_000)}`]) {
			browser.cookies.set('postern.two_factor', value)
			expect((await secondStep(browser, codeOf(secret))).body.code).toBe('account/session-required')
		}
		await firstStep(browser)
		const [identifier = ''] = (browser.cookies.get('postern.two_factor') ?? '').split('.')
		browser.cookies.set(
			'postern.two_factor',
			`${identifier}.${encodeURIComponent(Buffer.alloc(32).toString('base64'))}`,
		)
		expect((await secondStep(browser, codeOf(secret))).body.code).toBe('account/session-required')
	})

	it('does not lend the session of somebody who was signed in here before', async () => {
		const { secret, browser, workspaceId } = await withTwoFactor()
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'viewer' })
		const session = bob.cookies.get('postern.session_token') ?? ''
		await firstStep(bob)
		bob.cookies.set('postern.session_token', session)
		expect((await bob.call('GET', '/me')).status).toBe(401)
		expect((await secondStep(bob, codeOf(secret))).body).toEqual({ state: 'signed-in' })
		expect((await bob.call('GET', '/me')).body.account.username).toBe('Ann')
	})
})

describe('recovery codes', () => {
	it('sign in once each, however they are typed', async () => {
		const { recoveryCodes } = await withTwoFactor()
		const [first = '', second = ''] = recoveryCodes
		const use = async (code: string) => {
			const browser = server.browser()
			await firstStep(browser)
			return (await secondStep(browser, code, 'recovery-code')).status
		}
		expect(await use(first)).toBe(200)
		expect(await use(first)).toBe(401)
		expect(await use(` ${second.replaceAll('-', '').toUpperCase()}`)).toBe(200)
	})

	it('are used by one of those who ask at the same moment', async () => {
		const { recoveryCodes } = await withTwoFactor()
		const browsers = [server.browser(), server.browser(), server.browser()]
		for (const browser of browsers) await firstStep(browser)
		const statuses = await Promise.all(
			browsers.map(async (browser) => (await secondStep(browser, recoveryCodes[0] ?? '', 'recovery-code')).status),
		)
		expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401, 401])
	})

	it('are replaced, and the old ones stop working', async () => {
		const { browser, recoveryCodes, workspaceId } = await withTwoFactor()
		const replaced = (await browser.call('POST', '/me/two-factor/recovery-codes')).body.recoveryCodes
		expect(replaced).toHaveLength(10)
		const other = server.browser()
		await firstStep(other)
		expect((await secondStep(other, recoveryCodes[0] ?? '', 'recovery-code')).status).toBe(401)
		expect((await secondStep(other, replaced[0], 'recovery-code')).status).toBe(200)
		expect(await activity(server, workspaceId)).toContain('account.recovery-codes-replaced by Ann on Ann')
	})

	it('are none without two-factor', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const answer = await browser.call('POST', '/me/two-factor/recovery-codes')
		expect(answer.body).toMatchObject({ status: 409, code: 'account/two-factor-state' })
	})
})

describe('switching two-factor off', () => {
	it('ends all other sessions, and gives this one a new id', async () => {
		const { browser, secret, workspaceId } = await withTwoFactor()
		const other = server.browser()
		await firstStep(other)
		await secondStep(other, codeOf(secret))
		const before = browser.cookies.get('postern.session_token')
		expect((await browser.call('POST', '/me/two-factor/disable')).status).toBe(204)
		expect(browser.cookies.get('postern.session_token')).not.toBe(before)
		expect((await browser.call('GET', '/me')).body.account.hasSecondFactor).toBe(false)
		expect((await other.call('GET', '/me')).status).toBe(401)
		expect((await firstStep(server.browser())).body).toEqual({ state: 'signed-in' })
		expect((await browser.call('POST', '/me/two-factor/disable')).body.code).toBe('account/two-factor-state')
		expect(await activity(server, workspaceId)).toContain('account.two-factor-disabled by Ann on Ann')
	})

	it('can be followed by switching it on again at once', async () => {
		const { browser } = await withTwoFactor()
		await browser.call('POST', '/me/two-factor/disable')
		await enable(browser)
		expect((await firstStep(server.browser())).body).toEqual({ state: 'second-factor-required' })
	})
})
