import { afterEach, describe, expect, it } from 'vitest'
import { Secret } from '@postern/vocabulary'
import { runUnattendedSetup } from '../../flows/set-up.ts'
import { activity, ann, must, password, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

let server: TestServer
afterEach(() => server.stop())

async function userCount(): Promise<number> {
	const { count } = await server.store.kysely
		.selectFrom('auth_user')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow()
	return count
}

describe('setting up', () => {
	it('makes the first account, signs it in, and is closed afterwards', async () => {
		server = await startTestServer()
		const browser = server.browser()
		expect((await browser.call('GET', '/status')).body).toMatchObject({ setup: 'open', environment: 'local' })
		const made = await browser.call('POST', '/setup', { ...ann, language: 'ja' })
		expect(made.body).toMatchObject({
			account: { username: 'Ann', email: 'ann@example.com', language: 'ja', hasSecondFactor: false },
			memberships: [{ role: 'owner', workspace: { name: 'Ann’s blogs' } }],
		})
		expect((await browser.call('GET', '/me')).body).toEqual(made.body)
		expect((await browser.call('GET', '/status')).body.setup).toBe('closed')
		const again = await server.browser().call('POST', '/setup', { ...ann, username: 'bob', email: 'bob@example.com' })
		expect(again.body).toMatchObject({ status: 404, code: 'request/not-found' })
		expect(await activity(server, made.body.memberships[0].workspace.id)).toEqual(['setup.completed by Ann on Ann'])
	})

	it('has one winner of a race, and nothing of the losers stays', async () => {
		server = await startTestServer()
		const racers = ['ann', 'bob', 'cat', 'dan'].map((username) =>
			server.browser().call('POST', '/setup', { ...ann, username, email: `${username}@example.com` }),
		)
		const statuses = (await Promise.all(racers)).map(({ status }) => status)
		expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404])
		expect(await userCount()).toBe(1)
	})

	it('needs the printed token where others can reach it, and looks at few guesses', async () => {
		const token = new Secret('the-printed-token')
		server = await startTestServer({ setupToken: token })
		const browser = server.browser({ ip: '203.0.113.7' })
		expect((await browser.call('GET', '/status')).body.setup).toBe('needs-token')
		for (const wrong of [{}, { token: '' }, { token: 'the-printed-tokem' }, { token: 'x'.repeat(10_000) }])
			expect((await browser.call('POST', '/setup', { ...ann, ...wrong })).body.code).toBe('setup/token-wrong')
		for (let guess = 0; guess < 26; guess += 1)
			await browser.call('POST', '/setup', { ...ann, token: `guess ${guess}` })
		const throttled = await browser.call('POST', '/setup', { ...ann, token: token.reveal() })
		expect(throttled.body).toMatchObject({ status: 429, code: 'account/throttled' })
		expect(Number(throttled.headers['retry-after'])).toBeGreaterThan(0)
		expect(await userCount()).toBe(0)
		const elsewhere = server.browser({ ip: '198.51.100.1' })
		expect((await elsewhere.call('POST', '/setup', { ...ann, token: token.reveal() })).status).toBe(200)
		expect(server.logged.join()).not.toContain(token.reveal())
	})

	it('says which value cannot be used, and stays open', async () => {
		server = await startTestServer()
		const browser = server.browser()
		const refusals = [
			[{ username: 'a b' }, 'account/username-malformed'],
			[{ email: 'ann' }, 'account/email-malformed'],
			[{ password: 'Abcd123!' }, 'account/password-too-short'],
			[{ password: 'annsblogs123456' }, 'account/password-common'],
			[{ password: 'あ'.repeat(400) }, 'account/password-too-long'],
			[{ workspaceName: ' \u200b ' }, 'workspace/name-malformed'],
			[{ workspaceName: 'x'.repeat(101) }, 'workspace/name-malformed'],
		] as const
		for (const [wrong, code] of refusals)
			expect((await browser.call('POST', '/setup', { ...ann, ...wrong })).body).toMatchObject({ status: 422, code })
		expect((await browser.call('GET', '/status')).body.setup).toBe('open')
		expect(await userCount()).toBe(0)
	})

	it('can be done by configuration, once', async () => {
		server = await startTestServer()
		const setup = { email: ann.email, username: ann.username, password: new Secret(password) }
		must(await runUnattendedSetup(setup, server))
		must(await runUnattendedSetup({ ...setup, username: 'other', email: 'other@example.com' }, server))
		expect(await userCount()).toBe(1)
		const signedIn = await server.browser().call('POST', '/session', { username: 'ann', password })
		expect(signedIn.body).toEqual({ state: 'signed-in' })
	})

	it('names the setting that unattended setup cannot use', async () => {
		server = await startTestServer()
		const setup = { email: ann.email, username: ann.username, password: new Secret('short') }
		const refused = await runUnattendedSetup(setup, server)
		expect(refused).toMatchObject({
			problem: { code: 'start/configuration', params: { name: 'POSTERN_SETUP_PASSWORD_FILE' } },
		})
	})
})

describe('signing in', () => {
	it('works with the username or the e-mail address, whatever their case', async () => {
		server = await startTestServer()
		await setUpAnn(server)
		for (const username of ['Ann', 'ann', ' ANN ', 'ann@example.com', 'Ann@Example.COM']) {
			const browser = server.browser()
			expect((await browser.call('POST', '/session', { username, password })).body).toEqual({ state: 'signed-in' })
			expect((await browser.call('GET', '/me')).body.account.username).toBe('Ann')
		}
	})

	it('answers alike for an unknown name and a wrong password, byte for byte', async () => {
		server = await startTestServer()
		await setUpAnn(server)
		const answers = []
		for (const typed of [
			{ username: 'ann', password: 'a wrong password' },
			{ username: 'ann@example.com', password: 'a wrong password' },
			{ username: 'nobody', password: 'a wrong password' },
			{ username: 'nobody@example.com', password },
			{ username: 'ann\0', password },
			{ username: "' or 1=1 --", password },
			{ username: '', password: '' },
			{ username: 'ann', password: '' },
			{ username: 'ann', password: 'x'.repeat(2_000) },
		]) {
			const { status, body, headers } = await server.browser().call('POST', '/session', typed)
			const { requestId: _, ...document } = body
			answers.push({ status, document, cookies: headers['set-cookie'] })
		}
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
		expect(answers[0]).toMatchObject({
			status: 401,
			document: { code: 'account/credentials-wrong' },
			cookies: undefined,
		})
	})

	it('takes as long for an unknown name as for a wrong password', async () => {
		server = await startTestServer()
		await setUpAnn(server)
		const times = { known: [] as number[], unknown: [] as number[] }
		for (let round = 0; round < 12; round += 1)
			for (const kind of ['known', 'unknown'] as const) {
				// A network and a name of its own each time: no limit is met. The known account is the same one.
				const visit = { ip: `10.${round}.0.1`, userAgent: undefined, headers: new Headers(), cookies: [] }
				const username = kind === 'known' ? (round % 2 === 0 ? 'ann' : 'ann@example.com') : `nobody${round}`
				// The work, not the clock: what else the machine does meanwhile is no work of ours.
				const before = process.cpuUsage()
				await server.accounts.signIn(visit, { username, password: new Secret('a wrong password') })
				const { user, system } = process.cpuUsage(before)
				times[kind].push(user + system)
			}
		const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
		// Without a hash for nobody the difference is a whole hash.
		expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(median(times.known) / 2)
	})

	it('is an event, and a failure names nobody who is not known', async () => {
		server = await startTestServer()
		const { workspaceId } = await setUpAnn(server)
		await server.browser().call('POST', '/session', { username: 'ann', password: 'a wrong password' })
		await server.browser().call('POST', '/session', { username: 'my secret typed into the wrong field', password })
		const browser = server.browser()
		await browser.call('POST', '/session', { username: 'ann', password })
		await browser.call('DELETE', '/session')
		expect(await activity(server, workspaceId)).toEqual([
			'account.signed-out by Ann on Ann',
			'account.signed-in by Ann on Ann',
			'account.sign-in-failed by visitor on Ann',
			'setup.completed by Ann on Ann',
		])
		const unknown = await server.store.kysely
			.selectFrom('audit_event')
			.selectAll()
			.where('workspace_id', 'is', null)
			.execute()
		expect(unknown).toMatchObject([{ event: 'account.sign-in-failed', actor_name: null, target_name: null }])
		expect(JSON.stringify(unknown)).not.toContain('secret')
	})

	it('keeps the chosen language', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		expect((await browser.call('PATCH', '/me', { language: 'ja' })).body.account.language).toBe('ja')
		expect((await browser.call('PATCH', '/me', { language: 'xx' })).status).toBe(422)
		expect((await browser.call('PATCH', '/me', { language: null })).body.account.language).toBeNull()
	})
})

describe('an account under attack', () => {
	it('gets at most 100 passwords checked in an hour, and its owner still signs in where they did before', async () => {
		let nowMs = Date.now()
		server = await startTestServer({ now: () => new Date(nowMs) })
		const { browser: owner } = await setUpAnn(server)
		await owner.call('DELETE', '/session')
		let checks = 0
		for (let attacker = 0; attacker < 1_000; attacker += 1) {
			nowMs += 3_600
			const visit = {
				ip: `10.${attacker >> 8}.${attacker & 255}.1`,
				userAgent: undefined,
				headers: new Headers(),
				cookies: [],
			}
			const username = attacker % 2 === 0 ? 'ann' : 'ann@example.com'
			const { result } = await server.accounts.signIn(visit, { username, password: new Secret('a wrong password') })
			if (!result.ok && result.problem.code === 'account/credentials-wrong') checks += 1
		}
		expect(checks).toBeGreaterThan(50)
		expect(checks).toBeLessThanOrEqual(100)
		const stranger = await server
			.browser({ ip: '198.51.100.1' })
			.call('POST', '/session', { username: 'ann', password })
		expect(stranger.body).toMatchObject({ status: 429, code: 'account/throttled' })
		const startedAt = performance.now()
		expect((await owner.call('POST', '/session', { username: 'ann', password })).body).toEqual({ state: 'signed-in' })
		expect(performance.now() - startedAt).toBeLessThan(2_000)
	})

	it('is never locked: what grows back is enough after a while', async () => {
		let nowMs = Date.now()
		server = await startTestServer({ now: () => new Date(nowMs) })
		await setUpAnn(server)
		const browser = server.browser({ ip: '203.0.113.7' })
		let answer = await browser.call('POST', '/session', { username: 'ann', password: 'a wrong password' })
		while (answer.status === 401)
			answer = await browser.call('POST', '/session', { username: 'ann', password: 'a wrong password' })
		expect(answer.body.code).toBe('account/throttled')
		expect((await browser.call('POST', '/session', { username: 'ann', password })).body.code).toBe('account/throttled')
		nowMs += Number(answer.headers['retry-after']) * 1_000
		expect((await browser.call('POST', '/session', { username: 'ann', password })).body).toEqual({ state: 'signed-in' })
	})

	it('is not helped by one network: the addresses of a subscriber count as one', async () => {
		server = await startTestServer()
		await setUpAnn(server)
		const statuses = []
		for (let host = 1; host <= 8; host += 1) {
			const browser = server.browser({ ip: `2001:db8:1:2${host}::1` })
			statuses.push((await browser.call('POST', '/session', { username: 'ann', password: 'a wrong password' })).status)
		}
		expect(statuses).toContain(429)
	})
})

describe('a flood of sign-ins', () => {
	it('is refused beyond a bounded queue, and is no bug', async () => {
		server = await startTestServer()
		await setUpAnn(server)
		const flood = Array.from({ length: 150 }, (_, i) => {
			const browser = server.browser({ ip: `10.0.${i}.1` })
			return browser.call('POST', '/session', { username: `nobody${i}`, password: 'a wrong password' })
		})
		const statuses = (await Promise.all(flood)).map(({ status }) => status)
		expect(new Set(statuses)).toEqual(new Set([401, 429]))
		expect(server.logged.filter((line) => line.includes('internal/bug'))).toEqual([])
		expect((await server.browser().call('POST', '/session', { username: 'ann', password })).status).toBe(200)
	}, 20_000)
})

describe('the password', () => {
	it('changes with the old one; all other sessions end and this one gets a new id', async () => {
		server = await startTestServer()
		const { browser, workspaceId } = await setUpAnn(server)
		const other = server.browser()
		await other.call('POST', '/session', { username: 'ann', password })
		const before = new Map(browser.cookies)
		const next = 'a quite different sentence'
		const wrong = await browser.call('PUT', '/me/password', { currentPassword: 'wrong', newPassword: next })
		expect(wrong.body).toMatchObject({ status: 401, code: 'account/credentials-wrong' })
		const common = await browser.call('PUT', '/me/password', {
			currentPassword: password,
			newPassword: 'annsblogs123456',
		})
		expect(common.body.code).toBe('account/password-common')
		expect((await browser.call('PUT', '/me/password', { currentPassword: password, newPassword: next })).status).toBe(
			204,
		)
		expect((await browser.call('GET', '/me')).status).toBe(200)
		expect((await other.call('GET', '/me')).status).toBe(401)
		const stolen = server.browser()
		for (const [name, value] of before) stolen.cookies.set(name, value)
		expect((await stolen.call('GET', '/me')).status).toBe(401)
		expect((await server.browser().call('POST', '/session', { username: 'ann', password })).status).toBe(401)
		expect((await server.browser().call('POST', '/session', { username: 'ann', password: next })).status).toBe(200)
		expect(await activity(server, workspaceId)).toContain('account.password-changed by Ann on Ann')
	})

	it('cannot be guessed within a session either', async () => {
		server = await startTestServer()
		const { browser } = await setUpAnn(server)
		const codes = []
		for (let guess = 0; guess < 6; guess += 1) {
			const typed = { currentPassword: `guess ${guess}`, newPassword: 'a quite different sentence' }
			codes.push((await browser.call('PUT', '/me/password', typed)).body.code)
		}
		expect(codes.at(-1)).toBe('account/throttled')
		expect((await browser.call('POST', '/me/two-factor', { password })).body.code).toBe('account/throttled')
	})
})
