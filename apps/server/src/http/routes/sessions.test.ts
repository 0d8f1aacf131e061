import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
	activity,
	join,
	password,
	setUpAnn,
	startTestServer,
	type Browser,
	type TestServer,
} from './test-server.testing.ts'

let server: TestServer
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

/** Stops the clock, for the account library too; gives a function that lets hours pass. */
function clock(): (hours: number) => void {
	vi.useFakeTimers({ toFake: ['Date'] })
	return (hours) => vi.setSystemTime(Date.now() + hours * 3_600_000)
}

const sessionCookie = 'postern.session_token'
const signIn = (browser: Browser) => browser.call('POST', '/session', { username: 'ann', password })

describe('sessions', () => {
	it('are listed with where they come from, and can be ended one by one', async () => {
		server = await startTestServer()
		const { browser, workspaceId } = await setUpAnn(server)
		const phone = server.browser({ ip: '203.0.113.7', userAgent: '<img src=x onerror=alert(1)>' })
		await signIn(phone)
		const { sessions } = (await browser.call('GET', '/me/sessions')).body
		expect(sessions).toHaveLength(2)
		const other = sessions.find((session: { isCurrent: boolean }) => !session.isCurrent)
		// As it was sent: it is data, and whoever shows it escapes it.
		expect(other).toMatchObject({ ip: '203.0.113.7', userAgent: '<img src=x onerror=alert(1)>' })
		expect((await phone.call('GET', '/me/sessions')).headers['content-type']).toContain('application/json')
		const tablet = server.browser({ ip: '2001:db8::7' })
		await signIn(tablet)
		const addresses = (await tablet.call('GET', '/me/sessions')).body.sessions.map(({ ip }: { ip: string }) => ip)
		expect(addresses.toSorted()).toEqual(['127.0.0.1', '2001:db8::7', '203.0.113.7'])
		expect((await browser.call('DELETE', `/me/sessions/${other.id}`)).status).toBe(204)
		expect((await phone.call('GET', '/me')).status).toBe(401)
		expect((await browser.call('DELETE', `/me/sessions/${other.id}`)).body.code).toBe('request/not-found')
		expect((await browser.call('GET', '/me')).status).toBe(200)
		expect(await activity(server, workspaceId)).toContain('account.session-revoked by Ann on Ann')
	})

	it('of others cannot be ended or told from none', async () => {
		server = await startTestServer()
		const { browser, workspaceId } = await setUpAnn(server)
		const bob = await join(server, { browser, workspaceId }, { username: 'bob', role: 'admin' })
		const [own] = (await browser.call('GET', '/me/sessions')).body.sessions
		const foreign = (await bob.call('DELETE', `/me/sessions/${own.id}`)).body
		const missing = (await bob.call('DELETE', '/me/sessions/nothing')).body
		expect({ ...foreign, requestId: '' }).toEqual({ ...missing, requestId: '' })
		expect((await browser.call('GET', '/me')).status).toBe(200)
	})

	it('can all be ended but this one', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const others = [server.browser(), server.browser()]
		for (const other of others) await signIn(other)
		expect((await browser.call('DELETE', '/me/sessions')).status).toBe(204)
		for (const other of others) expect((await other.call('GET', '/me')).status).toBe(401)
		expect((await browser.call('GET', '/me')).status).toBe(200)
	})

	it('end by signing out, also for who kept the cookie', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const token = browser.cookies.get(sessionCookie) ?? ''
		expect((await browser.call('DELETE', '/session')).status).toBe(204)
		expect(browser.cookies.has(sessionCookie)).toBe(false)
		browser.cookies.set(sessionCookie, token)
		expect((await browser.call('GET', '/me')).status).toBe(401)
	})

	it('get a new id at every sign-in, and a planted one is worth nothing', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const first = browser.cookies.get(sessionCookie) ?? ''
		await signIn(browser)
		const second = browser.cookies.get(sessionCookie)
		expect(second).not.toBe(first)
		const thief = server.browser()
		thief.cookies.set(sessionCookie, first)
		expect((await thief.call('GET', '/me')).status).toBe(401)
		const victim = server.browser()
		victim.cookies.set(sessionCookie, 'planted.signature')
		await signIn(victim)
		expect(victim.cookies.get(sessionCookie)).not.toContain('planted')
	})

	it('end a day after their last use, and a week after they began', async () => {
		const pass = clock()
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		for (let day = 0; day < 6; day += 1) {
			pass(23)
			expect((await browser.call('GET', '/me')).status).toBe(200)
		}
		pass(23)
		expect((await browser.call('GET', '/me')).status).toBe(200)
		pass(7 * 24 - 7 * 23)
		expect((await browser.call('GET', '/me')).status).toBe(401)
		await signIn(browser)
		pass(23.9)
		expect((await browser.call('GET', '/me')).status).toBe(200)
		pass(24.1)
		expect((await browser.call('GET', '/me')).status).toBe(401)
		pass(-24.1)
		expect((await browser.call('GET', '/me')).status).toBe(401)
	})

	it('that ended by themselves are not kept', async () => {
		const pass = clock()
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		for (let i = 0; i < 3; i += 1) await signIn(server.browser())
		pass(25)
		browser.cookies.clear()
		await signIn(browser)
		expect((await browser.call('GET', '/me/sessions')).body.sessions).toHaveLength(1)
		const rows = await server.store.kysely
			.selectFrom('auth_session' as never)
			.selectAll()
			.execute()
		expect(rows).toHaveLength(1)
	})

	it('have cookies that neither scripts nor other sites get', async () => {
		server = await startTestServer()
		const made = await setUpAnn(server)
		const { headers } = await signIn(made.browser)
		const line = headers['set-cookie']?.find((cookie) => cookie.startsWith(sessionCookie))
		expect(line).toMatch(/^postern\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
	})

	it('have cookies bound to the host and to TLS where the origin has it', async () => {
		server = await startTestServer({ environ: { POSTERN_ORIGIN: 'https://postern.example' } })
		const { browser } = await setUpAnn(server)
		const { headers } = await signIn(browser)
		for (const line of headers['set-cookie'] ?? []) expect(line).toMatch(/^__Host-postern\.[a-z_]+=[^;]*;.* Path=\/;/)
		for (const line of headers['set-cookie'] ?? [])
			for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax']) expect(line).toContain(part)
		expect((await browser.call('GET', '/me')).status).toBe(200)
	})

	it('are kept as hashes: no cookie is found in any file of the data folder, nor in the log', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		await signIn(browser)
		await browser.call('GET', '/me')
		const token = decodeURIComponent(browser.cookies.get(sessionCookie) ?? '').split('.')[0] ?? ''
		expect(Buffer.from(token, 'base64url')).toHaveLength(32)
		const files = readdirSync(server.dataFolder).map((name) =>
			readFileSync(path.join(server.dataFolder, name)).toString('latin1'),
		)
		const kept = [...files, ...server.logged].join('\n')
		expect(kept).toContain('ann@example.com')
		for (const value of [token, ...browser.cookies.values(), password]) expect(kept).not.toContain(value)
	})

	it('cannot be had with what stands in the database', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const rows = await server.store.kysely
			.selectFrom('auth_session' as never)
			.selectAll()
			.execute()
		const [{ token = '' } = {}] = rows as { token?: string }[]
		expect(token).toMatch(/^[\w-]{43}$/)
		const own = decodeURIComponent(browser.cookies.get(sessionCookie) ?? '')
		const thief = server.browser()
		thief.cookies.set(sessionCookie, encodeURIComponent(`${token}.${own.split('.')[1]}`))
		expect((await thief.call('GET', '/me')).status).toBe(401)
	})
})

describe('writes from other sites', () => {
	it('are refused by origin, by fetch metadata, and by content type', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const attack = (headers: Readonly<Record<string, string>>) =>
			browser.send('PATCH', '/me', '{"language":"ja"}', { 'content-type': 'application/json', ...headers })
		expect((await attack({ origin: 'https://attacker.example' })).body.code).toBe('request/cross-site')
		expect((await attack({ origin: 'null' })).body.code).toBe('request/cross-site')
		expect((await attack({ 'sec-fetch-site': 'cross-site' })).body.code).toBe('request/cross-site')
		expect((await attack({ 'sec-fetch-site': 'same-site' })).body.code).toBe('request/cross-site')
		for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
			expect((await attack({ 'content-type': type })).body.code).toBe('request/content-type')
		expect((await attack({ host: 'attacker.example' })).body.code).toBe('request/origin-unknown')
		expect((await browser.call('GET', '/me')).body.account.language).toBeNull()
	})

	it('cannot sign anybody in or out', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const foreign = { origin: 'https://attacker.example', 'sec-fetch-site': 'cross-site' }
		const typed = { username: 'ann', password }
		expect((await server.browser().call('POST', '/session', typed, foreign)).status).toBe(403)
		expect((await browser.call('DELETE', '/session', undefined, foreign)).status).toBe(403)
		expect((await browser.call('GET', '/session')).status).toBe(405)
		expect((await browser.call('GET', '/me')).status).toBe(200)
	})
})
