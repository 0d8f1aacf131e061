import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { totpCode } from '../../accounts/totp.ts'
import {
	activity,
	ann,
	join,
	password,
	seedOf,
	setUpAnn,
	startTestServer,
	type Browser,
	type TestServer,
} from '../routes/test-server.testing.ts'
import { formOf, told } from './page-form.testing.ts'
import cases from '../../../../../packages/wordpress/src/bad-inputs/authorize-params.json' with { type: 'json' }

const start = Date.parse('2026-11-22T12:00:15Z')
const page = '/wp-admin/authorize-application.php'
const callback = 'https://app.example/cb'

let server: TestServer
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: start }))
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
const codeOf = (secret: string) => totpCode(seedOf(secret), Math.floor(Date.now() / 30_000))
const queryOf = (asked: Record<string, string>) => String(new URLSearchParams(asked))

async function setUp(environ: Record<string, string> = {}) {
	server = await startTestServer({ environ: { POSTERN_ORIGIN: 'https://postern.example', ...environ } })
	return setUpAnn(server)
}

const show = (browser: Browser, asked: Record<string, string>) => browser.open(`${page}?${queryOf(asked)}`)

async function answer(
	browser: Browser,
	asked: Record<string, string>,
	changed: Record<string, string | readonly string[]> = { approve: '1' },
) {
	const shown = await show(browser, asked)
	later(1_000)
	return browser.open(page, formOf(shown, changed))
}

const passwordsOf = async (workspaceId: string) =>
	(await server.store.applicationPasswords.listOfWorkspace(workspaceId)).map((one) => one.password)

describe('the authorize page', () => {
	it('gives reading for ninety days unless something else is asked or chosen', async () => {
		const { browser, workspaceId } = await setUp()
		const done = await answer(browser, { app_name: 'App', success_url: callback })
		expect(done.status).toBe(303)
		expect(new URL(done.headers.location ?? '').searchParams.get('site_url')).toBe('https://postern.example')
		const [made] = await passwordsOf(workspaceId)
		expect(made).toMatchObject({ name: 'App', grants: { preset: 'read-only', connectors: 'all' } })
		expect(made?.expires).toEqual(new Date(Date.now() + 90 * 86_400_000))
	})

	it('gives what was asked or less, and never a scope more', async () => {
		const { browser, workspaceId } = await setUp()
		const asked = { app_name: 'App', success_url: callback, scope: 'posts:draft media:read', expires_in: '86400' }
		expect((await answer(browser, asked)).status).toBe(303)
		const fewer = { approve: '1', access: 'custom', 'scopes[]': ['media:read'] }
		expect((await answer(browser, asked, fewer)).status).toBe(303)
		const more = { approve: '1', access: 'custom', 'scopes[]': ['posts:publish'] }
		const refused = await answer(browser, asked, more)
		expect([refused.status, told(refused.text).includes('no more than it asks for')]).toEqual([422, true])
		expect((await answer(browser, asked, { approve: '1', expires: 'never' })).status).toBe(422)
		const made = await passwordsOf(workspaceId)
		expect(made.map(({ grants }) => grants.scopes)).toEqual([['media:read'], ['posts:draft', 'media:read']])
		expect(made[0]?.expires).toEqual(new Date(Date.now() - 2_000 + 86_400_000))
	})

	it('gives everything only when it is confirmed, and keeps what was chosen until then', async () => {
		const { browser, workspaceId } = await setUp()
		const asked = { app_name: 'App', success_url: callback }
		const refused = await answer(browser, asked, { approve: '1', access: 'everything', app_name: 'Mine' })
		expect(refused.status).toBe(422)
		expect(told(refused.text)).toContain('wants to be confirmed')
		expect(formOf(refused).get('access')).toBe('everything')
		expect(formOf(refused).get('app_name')).toBe('Mine')
		expect(await passwordsOf(workspaceId)).toEqual([])
		later(1_000)
		const confirmed = formOf(refused, { approve: '1', confirm_everything: '1' })
		expect((await browser.open(page, confirmed)).status).toBe(303)
		expect((await passwordsOf(workspaceId))[0]?.grants.scopes).toEqual(['site:everything'])
	})

	it('is bounded by the role, at the moment of the approval', async () => {
		const { browser, workspaceId } = await setUp()
		const eve = await join(server, { browser, workspaceId }, { username: 'eve', role: 'editor' })
		expect((await show(eve, { app_name: 'App', scope: 'posts:delete' })).status).toBe(400)
		const shown = await show(eve, { app_name: 'App', scope: 'posts:publish' })
		expect(shown.status).toBe(200)
		later(1_000)
		const members = (await browser.call('GET', `/workspaces/${workspaceId}/members`)).body.members
		const memberId = members.find((member: { username: string }) => member.username === 'eve').id
		await browser.call('PATCH', `/workspaces/${workspaceId}/members/${memberId}`, { role: 'viewer' })
		const refused = await eve.open(page, formOf(shown, { approve: '1' }))
		expect(refused.status).toBe(400)
		expect(await passwordsOf(workspaceId)).toEqual([])
	})

	it('is for one workspace of several, with the role that one has there', async () => {
		const { browser, workspaceId } = await setUp()
		const other = await server.store.workspaces.create('Second place')
		const account = await server.store.accountRows.findByName('ann@example.com')
		await server.store.members.add({ workspaceId: other.id, accountId: account?.id ?? '', role: 'viewer' })
		const shown = await show(browser, { app_name: 'App' })
		expect(told(shown.text)).toContain('Second place')
		later(1_000)
		const changed = await browser.open(page, formOf(shown, { workspace: other.id, show: '1' }))
		expect(changed.status).toBe(200)
		expect(told(changed.text)).toContain('in the workspace “Second place” (viewer)')
		expect(changed.text).not.toContain('id="access-author"')
		later(1_000)
		expect((await browser.open(page, formOf(changed, { approve: '1' }))).status).toBe(200)
		expect(await passwordsOf(workspaceId)).toEqual([])
		expect(await passwordsOf(other.id)).toHaveLength(1)
		const foreign = await answer(browser, { app_name: 'App' }, { approve: '1', workspace: 'wsp_other' })
		expect(foreign.status).toBe(422)
	})

	it('writes down who approved and who rejected, and for which host', async () => {
		const { browser, workspaceId } = await setUp()
		await answer(browser, { app_name: 'App', success_url: callback })
		await answer(browser, { app_name: 'App', success_url: 'myapp://cb' }, { reject: '1' })
		const entries = await activity(server, workspaceId)
		expect(entries.slice(0, 3)).toEqual([
			'application-password.rejected by Ann on nothing',
			'application-password.approved by Ann on App',
			'application-password.created by Ann on App',
		])
		const { entries: all } = (await browser.call('GET', `/workspaces/${workspaceId}/activity`)).body
		expect(JSON.stringify(all)).toContain('myapp:')
	})

	it('speaks the language of the account, whatever the browser says', async () => {
		const { browser } = await setUp()
		await browser.call('PATCH', '/me', { language: 'ja' })
		const shown = await show(browser, { app_name: 'App', success_url: callback })
		expect(shown.headers['content-language']).toBe('ja')
		expect(told(shown.text)).toContain('読み取りのみ')
	})

	it('keeps secrets out of the log', async () => {
		const { browser } = await setUp()
		const done = await answer(browser, { app_name: 'App', success_url: callback })
		const secret = new URL(done.headers.location ?? '').searchParams.get('password') ?? ''
		expect(secret).toHaveLength(24)
		expect(server.logged.join('\n')).not.toContain(secret)
		expect(server.logged.join('\n')).not.toContain('app.example')
	})
})

describe('a proof on the authorize page', () => {
	async function withTwoFactor() {
		const made = await setUp()
		const { secret } = (await made.browser.call('POST', '/me/two-factor', { password })).body
		const confirmed = await made.browser.call('POST', '/me/two-factor/confirm', { code: codeOf(secret) })
		const codes: readonly string[] = confirmed.body.recoveryCodes
		return { ...made, secret: String(secret), codes }
	}
	const asked = { app_name: 'App', success_url: callback }

	it('is not asked for within ten minutes', async () => {
		const { browser } = await withTwoFactor()
		const shown = await show(browser, asked)
		expect(shown.text).not.toContain('proof_')
		expect((await answer(browser, asked)).status).toBe(303)
	})

	it('#226 is a code of the authenticator app after ten minutes, in the same form', async () => {
		const { browser, workspaceId, secret } = await withTwoFactor()
		later(600_000)
		const shown = await show(browser, asked)
		expect(shown.text).toContain('proof_totp')
		later(1_000)
		const without = await browser.open(page, formOf(shown, { approve: '1' }))
		expect([without.status, told(without.text).includes('type the code')]).toEqual([403, true])
		later(1_000)
		const wrong = await browser.open(page, formOf(without, { approve: '1', proof_totp: '000000' }))
		expect(wrong.status).not.toBe(303)
		expect(formOf(wrong).get('proof_totp')).toBe('')
		expect(await passwordsOf(workspaceId)).toEqual([])
		later(60_000)
		const before = browser.cookies.get('__Host-postern.session_token') ?? [...browser.cookies.values()].join()
		const right = await browser.open(page, formOf(wrong, { approve: '1', proof_totp: codeOf(secret) }))
		expect(right.status).toBe(303)
		const after = browser.cookies.get('__Host-postern.session_token') ?? [...browser.cookies.values()].join()
		expect(after).not.toBe(before)
		expect((await browser.call('GET', '/me')).status).toBe(200)
		expect(await passwordsOf(workspaceId)).toHaveLength(1)
		expect((await activity(server, workspaceId)).join()).toContain('account.stepped-up')
	})

	it('may be a recovery code, and goes on when something else was missing', async () => {
		const { browser, codes } = await withTwoFactor()
		later(600_000)
		const shown = await show(browser, asked)
		later(1_000)
		const code = { 'proof_recovery-code': codes[0] ?? '' }
		const unnamed = await browser.open(page, formOf(shown, { approve: '1', reach: 'some', ...code }))
		expect(told(unnamed.text)).toContain('Tick at least one connector')
		// The choice was judged before the code was used up.
		later(1_000)
		const done = await browser.open(page, formOf(unnamed, { approve: '1', reach: 'all', ...code }))
		expect(done.status).toBe(303)
	})

	it('is never the password alone where there is a second factor', async () => {
		const { browser, workspaceId } = await withTwoFactor()
		later(600_000)
		const refused = await answer(browser, asked, { approve: '1', proof_password: password })
		expect(refused.status).toBe(403)
		expect(await passwordsOf(workspaceId)).toEqual([])
	})

	it('is the password for everything and for Postern itself, where there is no second factor', async () => {
		const { browser, workspaceId } = await setUp()
		later(600_000)
		expect((await answer(browser, asked)).status).toBe(303)
		const all = { approve: '1', access: 'everything', confirm_everything: '1' }
		const refused = await answer(browser, asked, all)
		expect([refused.status, told(refused.text).includes('type your password')]).toEqual([403, true])
		later(1_000)
		expect((await browser.open(page, formOf(refused, { approve: '1', proof_password: password }))).status).toBe(303)
		later(600_000)
		const ofPostern = await show(browser, { ...asked, scope: 'postern:activity:read' })
		expect(ofPostern.text).toContain('proof_password')
		expect(await passwordsOf(workspaceId)).toHaveLength(2)
	})
})

describe('the way in', () => {
	it('#167 leads through the sign-in page and back', async () => {
		await setUp()
		const stranger = server.browser()
		const target = `${page}?${queryOf({ app_name: 'My App', success_url: `${callback}?a=b&c=d` })}`
		const first = await stranger.open(target)
		expect(first.status).toBe(302)
		const login = new URL(first.headers.location ?? '')
		expect(login.pathname).toBe('/wp-login.php')
		const second = await stranger.open(login.pathname + login.search)
		expect(second.status).toBe(302)
		const signIn = new URL(second.headers.location ?? '', server.origin)
		expect(signIn.pathname).toBe('/sign-in')
		expect(signIn.searchParams.get('return')).toBe(target)
	})

	it.each(['https://evil.example/', '//evil.example/', 'https://ann:x@postern.example/', 'javascript:alert(1)', ''])(
		'leads back to nobody else (%s)',
		async (to) => {
			await setUp()
			const answered = await server.browser().open(`/wp-login.php?redirect_to=${encodeURIComponent(to)}`)
			expect(answered.headers.location).toBe('/sign-in')
		},
	)

	it('#73 lets nobody sign in at wp-login.php, with whatever password', async () => {
		const { browser } = await setUp()
		const made = await answer(browser, { app_name: 'App', success_url: callback })
		const secret = new URL(made.headers.location ?? '').searchParams.get('password') ?? ''
		for (const pwd of [secret, password]) {
			const stranger = server.browser()
			const login = new URLSearchParams({ log: ann.username, pwd, 'wp-submit': 'Log In' })
			const answered = await stranger.open('/wp-login.php', login, { origin: server.origin })
			expect(answered.status).toBe(403)
			expect(stranger.cookies.size).toBe(0)
		}
	})

	it('leads from /wp-admin/ to the dashboard', async () => {
		await setUp()
		expect((await server.browser().open('/wp-admin/')).headers.location).toBe('/')
	})

	it('tells an account without a workspace what it lacks', async () => {
		const { browser, workspaceId } = await setUp()
		const eve = await join(server, { browser, workspaceId }, { username: 'eve', role: 'editor' })
		const members = (await browser.call('GET', `/workspaces/${workspaceId}/members`)).body.members
		const memberId = members.find((member: { username: string }) => member.username === 'eve').id
		await browser.call('DELETE', `/workspaces/${workspaceId}/members/${memberId}`)
		expect((await show(eve, { app_name: 'App' })).status).toBe(403)
	})
})

type Case = {
	readonly id: string
	readonly label: string
	readonly input?: Readonly<Record<string, string | number>>
	readonly gen?: {
		readonly field?: string
		readonly prefix: string
		readonly repeat: string
		readonly times: number
		readonly suffix: string
	}
	readonly expect: { readonly outcome: string; readonly http?: number }
}

describe('bad inputs', () => {
	const all: readonly Case[] = cases

	it.each(all)('$id $label', async ({ input, gen, expect: wanted }) => {
		const { browser, workspaceId } = await setUp()
		const generated = gen && { [gen.field ?? 'success_url']: gen.prefix + gen.repeat.repeat(gen.times) + gen.suffix }
		const asked = Object.entries({ ...input, ...generated }).map(([name, value]) => [name, String(value)])
		const query = input?.['raw_query'] ?? queryOf(Object.fromEntries(asked))
		const answered = await browser.open(`${page}?${query}`)
		expect(answered.status).toBe(wanted.outcome === 'accept' ? 200 : wanted.http)
		if (wanted.outcome === 'accept') return
		expect(answered.text).not.toMatch(/<form|<a /)
		expect(answered.headers.location).toBeUndefined()
		expect(await passwordsOf(workspaceId)).toEqual([])
	})

	it('AUT-048 scope wider than the account has', async () => {
		const { browser } = await setUp()
		const refused = await show(browser, { app_name: 'App', scope: 'admin:*' })
		expect(refused.status).toBe(400)
		expect(told(refused.text)).toContain('scope: scope_unknown')
	})

	it('AUT-051 approve by GET', async () => {
		const { browser, workspaceId } = await setUp()
		const shown = formOf(await show(browser, { app_name: 'App' }), { approve: '1' })
		later(1_000)
		expect((await browser.open(`${page}?action=approve`)).status).toBe(405)
		expect((await browser.open(`${page}?${shown}`)).status).toBe(405)
		expect(await passwordsOf(workspaceId)).toEqual([])
	})

	it('AUT-052 another success_url than was shown', async () => {
		const { browser, workspaceId } = await setUp()
		const asked = { app_name: 'App', success_url: 'https://app.test/cb' }
		const changed = await answer(browser, asked, { approve: '1', success_url: 'https://evil.test/cb' })
		expect(changed.status).toBe(400)
		expect(await passwordsOf(workspaceId)).toEqual([])
	})

	it('AUT-054 approve within 500 ms of first paint', async () => {
		const { browser, workspaceId } = await setUp()
		const shown = await show(browser, { app_name: 'App' })
		later(200)
		expect((await browser.open(page, formOf(shown, { approve: '1' }))).status).toBe(409)
		expect(await passwordsOf(workspaceId)).toEqual([])
	})
})
