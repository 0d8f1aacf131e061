import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { totpCode } from '../../accounts/totp.ts'
import { addConnector, draftOf } from '../../store/cases/connector.testing.ts'
import { callAs, passwordsOf, pathOf, prove, type Credentials } from './application-passwords.testing.ts'
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
let ann: Awaited<ReturnType<typeof setUpAnn>>
let annPath = ''
beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-21T12:00:15Z') })
	server = await startTestServer()
	ann = await setUpAnn(server)
	annPath = await pathOf(ann, 'Ann')
})
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000)
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString()
const me = (credentials: Credentials) => callAs(server, credentials)('GET', '/me')

async function joining(username: string, role: string) {
	const browser = await join(server, ann, { username, role })
	const path = await pathOf(ann, username)
	return { browser, path, own: passwordsOf(browser, path) }
}

async function turnOnTwoFactor(browser: Browser, body: object = {}): Promise<(steps?: number) => string> {
	const { secret } = (await browser.call('POST', '/me/two-factor', { password })).body
	const seed = seedOf(secret)
	const code = (steps = 0) => totpCode(seed, Math.floor(Date.now() / 30_000) + steps)
	const confirmed = await browser.call('POST', '/me/two-factor/confirm', { code: code(-1), ...body })
	if (confirmed.status !== 200) throw new Error(confirmed.text)
	return code
}

describe('one’s own application password', () => {
	it('is shown once, works on the API at once, and is listed without its secret', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const made = await own.create({ name: ' WordPress  Mobile App ' })
		expect(made.body).toMatchObject({
			username: 'Ann',
			applicationPassword: {
				name: 'WordPress Mobile App',
				preset: 'read-only',
				connectors: 'all',
				createdBy: null,
				lastUsedAt: null,
				isExpired: false,
				issuedWithSecondFactor: false,
			},
		})
		expect(made.body.password).toMatch(/^(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}$/)
		expect((await me(made.body)).body.account.username).toBe('Ann')
		await server.store.passwordStorage.flush()
		const [listed] = await own.list()
		expect(listed).toMatchObject({ uuid: made.body.applicationPassword.uuid, lastIp: '198.51.100.1' })
		const kept = JSON.stringify(await server.store.kysely.selectFrom('application_password').selectAll().execute())
		const secret = made.body.password.replaceAll(' ', '')
		for (const text of [kept, JSON.stringify(listed), server.logged.join(), (await activityTexts()).join()])
			expect(text).not.toContain(secret)
	})

	it('keeps its secret when it is renamed, and loses it when it is replaced', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const made = (await own.create({ name: 'Phone', expiresAt: days(30) })).body
		const { uuid } = made.applicationPassword
		expect((await own.rename(uuid, 'Tablet')).body).toMatchObject({ uuid, name: 'Tablet' })
		expect((await me(made)).status).toBe(200)
		const replaced = (await own.replace(uuid, 0)).body
		expect(replaced.applicationPassword).toMatchObject({
			name: 'Tablet',
			expiresAt: made.applicationPassword.expiresAt,
		})
		expect((await me(made)).status).toBe(401)
		expect((await me(replaced)).status).toBe(200)
		const changes = (await activityTexts()).filter((text) => /replaced|revoked|renamed/.test(text))
		expect(changes).toEqual([
			'application-password.replaced by Ann on Tablet',
			'application-password.revoked by Ann on Tablet',
			'application-password.renamed by Ann on Tablet',
		])
	})

	it('that is replaced with an overlap goes on until then', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const made = (await own.create({ name: 'Phone' })).body
		for (const overlapDays of [-1, 8, 0.5])
			expect((await own.replace(made.applicationPassword.uuid, overlapDays)).body.code).toBe('request/number-range')
		const replaced = (await own.replace(made.applicationPassword.uuid, 2)).body
		later(2 * 24 * 60 - 1)
		expect((await me(made)).status).toBe(200)
		later(1)
		expect((await me(made)).body.code).toBe('application-password/refused')
		expect((await me(replaced)).status).toBe(200)
		const again = passwordsOf(await signedIn(), annPath)
		expect((await again.replace(made.applicationPassword.uuid, 0)).body.code).toBe('application-password/expiry-past')
	})

	it('is refused by the next request once it is revoked, and the others go on', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const [a, b, c] = await Promise.all(['A', 'B', 'C'].map(async (name) => (await own.create({ name })).body))
		expect((await own.revoke(b.applicationPassword.uuid)).status).toBe(204)
		expect(await Promise.all([a, b, c].map(async (one) => (await me(one)).status))).toEqual([200, 401, 200])
		expect((await own.revoke(b.applicationPassword.uuid)).status).toBe(404)
		expect((await own.revokeAll()).body).toEqual({ count: 2 })
		expect((await own.revokeAll()).body).toEqual({ count: 0 })
		expect((await me(a)).body).toMatchObject({ status: 401, code: 'application-password/credentials-wrong' })
	})

	it('says what is wrong with it before it is made', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const codeOf = async (body: object) => (await own.create({ name: 'x', ...body })).body.code
		expect(await codeOf({ name: ' ' })).toBe('application-password/name-required')
		expect(await codeOf({ name: '<script>x</script>' })).toBe('application-password/name-required')
		expect(await codeOf({ name: 'x'.repeat(201) })).toBe('application-password/name-too-long')
		expect(await codeOf({ appId: 'not-a-uuid' })).toBe('application-password/app-id-malformed')
		expect(await codeOf({ scopes: ['posts:read', 'moon:land'] })).toBe('application-password/scope-unknown')
		expect(await codeOf({ connectors: ['con_nowhere'] })).toBe('application-password/connector-unknown')
		expect(await codeOf({ connectors: ['../x'] })).toBe('application-password/connector-unknown')
		expect(await codeOf({ expiresAt: days(-1) })).toBe('application-password/expiry-past')
		expect(await codeOf({ requestsPerMinute: 0 })).toBe('request/number-range')
		expect(await codeOf({ writesPerDay: 1.5 })).toBe('request/number-range')
		expect(await codeOf({ preset: 'everything' })).toBe('application-password/everything-unconfirmed')
		expect(await codeOf({ scopes: ['site:everything'] })).toBe('application-password/everything-unconfirmed')
		const wrong = await own.create({ name: 'x', addresses: ['192.0.2.0/24', 'home'] })
		expect(wrong.body).toMatchObject({ code: 'application-password/address-malformed', params: { address: 'home' } })
		expect(await own.list()).toEqual([])
	})

	it('keeps what was chosen, and is narrowed to it', async () => {
		const connector = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
		const own = passwordsOf(ann.browser, annPath)
		const appId = randomUUID()
		const chosen = {
			scopes: ['posts:draft', 'media:read'],
			connectors: [connector.id],
			addresses: ['198.51.100.0/24', '2001:db8::/32'],
			requestsPerMinute: 60,
			writesPerDay: 5,
			expiresAt: days(10),
			appId,
		}
		const made = await own.create({ name: 'Agent', preset: null, ...chosen })
		expect(made.body.applicationPassword).toMatchObject({ ...chosen, preset: null })
		expect(made.body.applicationPassword.effectiveScopes.toSorted()).toEqual([
			'media:read',
			'posts:draft',
			'posts:read',
		])
		expect((await me(made.body)).status).toBe(200)
		const elsewhere = await callAs(server, made.body, { ip: '203.0.113.5' })('GET', '/me')
		expect(elsewhere.body).toMatchObject({ code: 'application-password/refused', params: { reason: 'address' } })
	})
})

describe('scopes of sites', () => {
	it('are taken where one of the chosen connectors offers them, and refused where none does', async () => {
		const { id } = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
		const own = passwordsOf(ann.browser, annPath)
		for (const connectors of ['all', [id]]) {
			const ask = async (...scopes: string[]) => (await own.create({ name: 'x', scopes, connectors })).body
			expect((await ask('types:recipes:draft', 'ns:wc/v3:write')).applicationPassword.scopes).toEqual([
				'types:recipes:draft',
				'ns:wc/v3:write',
			])
			expect(await ask('posts:read', 'plugins:write')).toMatchObject({
				status: 422,
				code: 'application-password/scope-not-offered',
				params: { scope: 'plugins:write' },
			})
			expect((await ask('types:films:read')).code).toBe('application-password/scope-unknown')
			expect((await ask('ns:wp/v2:read')).code).toBe('application-password/scope-unknown')
		}
		// What a preset names narrows by itself when it is used.
		const preset = (await own.create({ name: 'x', preset: 'editor', connectors: [id] })).body
		expect(preset.applicationPassword.scopes).toContain('pages:publish')
	})

	it('are not judged before there is a site, unless only some sites have them', async () => {
		const own = passwordsOf(ann.browser, annPath)
		expect((await own.create({ name: 'x', scopes: ['plugins:write'] })).status).toBe(200)
		const early = await own.create({ name: 'x', scopes: ['types:recipes:read'] })
		expect(early.body.code).toBe('application-password/scope-unknown')
	})

	it('are as delicate as everything where a plugin can run anything: a session alone does not give them away', async () => {
		const draft = draftOf(ann.workspaceId, 'mcp.example', new Date('9999-01-01'))
		const site = { ...draft.site, namespaces: ['mcp', 'wc/v3'] }
		await server.store.connectors.createDraft({ ...draft, site })
		await server.store.connectors.save(ann.workspaceId, draft.id, 'Agents')
		later(11)
		const own = passwordsOf(ann.browser, annPath)
		const ask = async (scope: string) => (await own.create({ name: 'x', scopes: [scope] })).body.code
		expect(await ask('ns:mcp:read')).toBe('account/step-up-required')
		expect(await ask('ns:wc/v3:write')).toBeUndefined()
		await prove(ann.browser)
		expect(await ask('ns:mcp:read')).toBeUndefined()
	})
})

describe('a proof', () => {
	it('is wanted of a session for everything and for Postern itself, and of no other password of one’s own', async () => {
		later(11)
		const own = passwordsOf(ann.browser, annPath)
		expect((await own.create({ name: 'Plain', preset: 'editor' })).status).toBe(200)
		const delicate = [
			{ preset: 'everything', confirmEverything: true },
			{ scopes: ['site:everything'], confirmEverything: true },
			{ scopes: ['postern:connectors:read'] },
			{ scopes: ['posts:read', 'app-passwords:manage'] },
		]
		for (const body of delicate)
			expect((await own.create({ name: 'x', ...body })).body.code).toBe('account/step-up-required')
		await prove(ann.browser)
		for (const body of delicate) expect((await own.create({ name: 'x', ...body })).status).toBe(200)
	})

	it('#226 is wanted for every password of an account with a second factor, and is the second factor', async () => {
		const code = await turnOnTwoFactor(ann.browser)
		const own = passwordsOf(ann.browser, annPath)
		const made = (await own.create({ name: 'Proven' })).body.applicationPassword
		expect(made.issuedWithSecondFactor).toBe(true)
		later(11)
		expect((await own.create({ name: 'x' })).body.code).toBe('account/step-up-required')
		expect((await own.replace(made.uuid, 0)).body.code).toBe('account/step-up-required')
		await ann.browser.call('POST', '/me/step-up', { kind: 'password', code: password })
		expect((await own.create({ name: 'x' })).body.code).toBe('account/step-up-required')
		await ann.browser.call('POST', '/me/step-up', { kind: 'totp', code: code() })
		expect((await own.create({ name: 'x' })).status).toBe(200)
		expect((await own.list()).map(({ name }: { name: string }) => name)).toEqual(['Proven', 'x'])
		// What only narrows needs none.
		later(11)
		expect((await own.rename(made.uuid, 'Renamed')).status).toBe(200)
		expect((await own.revokeAll()).body).toEqual({ count: 2 })
	})
})

describe('the password of somebody else', () => {
	it('is made, renamed and revoked by an owner, with a proof, a notice, and the maker’s name', async () => {
		const bob = await joining('bob', 'editor')
		const bobs = passwordsOf(ann.browser, bob.path)
		later(11)
		expect((await bobs.create({ name: 'For Bob' })).body.code).toBe('account/step-up-required')
		await prove(ann.browser)
		const made = (await bobs.create({ name: 'For Bob' })).body
		expect(made).toMatchObject({ username: 'bob', applicationPassword: { createdBy: 'Ann' } })
		expect((await me(made)).body.account.username).toBe('bob')
		expect((await activityTexts())[1]).toBe('application-password.created by Ann on For Bob')
		const { notices } = (await bob.browser.call('GET', `/workspaces/${ann.workspaceId}/notices`)).body
		expect(notices).toContainEqual(
			expect.objectContaining({ kind: 'password-created', name: 'For Bob', params: { actor: 'Ann' } }),
		)
		expect(await bob.own.list()).toMatchObject([{ name: 'For Bob' }])
		const { uuid } = made.applicationPassword
		expect((await bobs.rename(uuid, 'Bob’s')).status).toBe(200)
		expect((await bobs.revoke(uuid)).status).toBe(204)
		expect((await me(made)).status).toBe(401)
	})

	it('is bounded by the role of whoever owns it, not of whoever makes it', async () => {
		const vic = await joining('vic', 'viewer')
		const vics = passwordsOf(ann.browser, vic.path)
		expect((await vics.create({ name: 'x', scopes: ['posts:write'] })).body).toMatchObject({
			code: 'application-password/scope-beyond-role',
			params: { scope: 'posts:write', needed: 'editor' },
		})
		const made = await vics.create({ name: 'x', preset: 'editor' })
		const { scopes, effectiveScopes } = made.body.applicationPassword
		expect(scopes).toEqual(effectiveScopes)
		expect(scopes.every((scope: string) => scope.endsWith(':read'))).toBe(true)
	})

	it.each(['admin', 'editor', 'viewer'])('is none of the business of %ss', async (role) => {
		const [bob, eve] = [await joining('bob', 'viewer'), await joining('eve', role)]
		const { uuid } = (await bob.own.create({ name: 'Bob’s' })).body.applicationPassword
		const bobs = passwordsOf(eve.browser, bob.path)
		const path = `${bob.path}/application-passwords`
		const answers = [
			await eve.browser.call('GET', path),
			await bobs.create({ name: 'x' }),
			await bobs.rename(uuid, 'x'),
			await bobs.replace(uuid, 0),
			await bobs.revoke(uuid),
			await bobs.revokeAll(),
			await eve.browser.call('PUT', `${bob.path}/api-login`, { allowed: false }),
			await eve.browser.call('GET', `/workspaces/${ann.workspaceId}/application-passwords`),
			await eve.browser.call('PUT', `/workspaces/${ann.workspaceId}/api-login`, { rule: 'refused' }),
			await eve.browser.call('POST', `/workspaces/${ann.workspaceId}/machines`, { username: 'robot', role: 'viewer' }),
		]
		expect(answers.map(({ body }) => [body.code, body.params])).toEqual(
			answers.map(() => ['role/insufficient', { needed: 'owner' }]),
		)
		expect(await bob.own.list()).toMatchObject([{ name: 'Bob’s' }])
	})
})

describe('a stranger', () => {
	it('finds nothing, by any path: what is foreign and what does not exist answer alike', async () => {
		const bob = await joining('bob', 'editor')
		const { uuid } = (await bob.own.create({ name: 'Bob’s' })).body.applicationPassword
		const { notices } = (await bob.browser.call('GET', `/workspaces/${ann.workspaceId}/notices`)).body
		const theirs = await server.store.workspaces.create('Theirs')
		const { accountId } =
			(await server.store.members.list(ann.workspaceId)).find(({ username }) => username === 'bob') ?? {}
		const stays = await server.store.members.add({ workspaceId: theirs.id, accountId: accountId ?? '', role: 'owner' })
		const member = bob.path.split('/').at(-1) ?? ''
		const annMember = annPath.split('/').at(-1) ?? ''
		// Bob as an owner elsewhere, with ids from here; Ann with ids from there; both with ids of nobody.
		const asks = [
			...inWorkspace(bob.browser, theirs.id, { member: annMember, uuid, notice: notices[0].id }),
			...inWorkspace(bob.browser, theirs.id, { member: 'mem_nobody', uuid: randomUUID(), notice: 'not_nothing' }),
			...inWorkspace(ann.browser, theirs.id, { member: stays?.id ?? '', uuid, notice: notices[0].id }),
			...inWorkspace(ann.browser, ann.workspaceId, { member: stays?.id ?? '', uuid, notice: notices[0].id }),
			...inWorkspace(ann.browser, 'ws_nobody', { member, uuid, notice: notices[0].id }),
			...ofPassword(ann.browser, annPath, uuid),
			...ofPassword(bob.browser, `/workspaces/${theirs.id}/members/${stays?.id}`, uuid),
		]
		const answers = await Promise.all(asks)
		expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
			answers.map(() => [404, 'request/not-found']),
		)
		expect(await bob.own.list()).toMatchObject([{ uuid, name: 'Bob’s' }])
	})

	function inWorkspace(
		browser: Browser,
		workspaceId: string,
		{ member, uuid, notice }: { member: string; uuid: string; notice: string },
	) {
		const path = `/workspaces/${workspaceId}/members/${member}`
		return [
			browser.call('GET', path),
			browser.call('PUT', `${path}/api-login`, { allowed: false }),
			browser.call('GET', `${path}/application-passwords`),
			browser.call('POST', `${path}/application-passwords`, { name: 'x' }),
			browser.call('DELETE', `${path}/application-passwords`),
			...ofPassword(browser, path, uuid),
			browser.call('DELETE', `/workspaces/${workspaceId}/notices/${notice}`),
		]
	}

	function ofPassword(browser: Browser, path: string, uuid: string) {
		const one = passwordsOf(browser, path)
		return [one.rename(uuid, 'x'), one.replace(uuid, 0), one.revoke(uuid)]
	}
})

describe('an application with its password', () => {
	const scopes = ['postern:passwords:manage', 'posts:draft']

	it('manages what is no wider than itself, and says with which password', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const wide = (await own.create({ name: 'Wide', scopes: ['posts:publish'] })).body.applicationPassword
		const agent = (await own.create({ name: 'Agent', scopes, expiresAt: days(5), requestsPerMinute: 100 })).body
		const ask = callAs(server, agent)
		const path = `${annPath}/application-passwords`
		expect((await ask('GET', path)).body.applicationPasswords).toHaveLength(2)
		const narrow = { name: 'Child', scopes: ['posts:read'], expiresAt: days(4), requestsPerMinute: 10 }
		const made = await ask('POST', path, narrow)
		expect(made.body.applicationPassword).toMatchObject({
			name: 'Child',
			createdBy: null,
			issuedWithSecondFactor: false,
		})
		const wider = [
			[{ scopes: ['posts:publish'] }, 'posts:publish'],
			[{ scopes: ['postern:connectors:read'] }, 'postern:connectors:read'],
			[{ expiresAt: days(6) }, 'expiresAt'],
			[{ expiresAt: null }, 'expiresAt'],
			[{ requestsPerMinute: null }, 'requestsPerMinute'],
		] as const
		for (const [change, scope] of wider)
			expect((await ask('POST', path, { ...narrow, ...change })).body).toMatchObject({
				status: 403,
				code: 'application-password/scope-beyond-caller',
				params: { scope },
			})
		const renamed = await ask('PATCH', `${path}/${wide.uuid}`, { name: 'x' })
		expect(renamed.body.code).toBe('application-password/scope-beyond-caller')
		expect((await ask('PATCH', `${path}/${made.body.applicationPassword.uuid}`, { name: 'Son' })).status).toBe(200)
		expect(await activityTexts()).toContain('application-password.renamed by Ann (Agent) on Son')
		expect((await ask('POST', `${path}/${wide.uuid}/replace`, { overlapDays: 0 })).body.code).toBe(
			'application-password/not-allowed-here',
		)
		expect((await ask('DELETE', `${path}/${agent.applicationPassword.uuid}`)).status).toBe(204)
		expect((await ask('GET', path)).status).toBe(401)
	})

	it('makes nothing for others, where only people can prove who they are', async () => {
		const bob = await joining('bob', 'editor')
		const agent = (await passwordsOf(ann.browser, annPath).create({ name: 'Agent', scopes })).body
		const asked = await callAs(server, agent)('POST', `${bob.path}/application-passwords`, { name: 'x', scopes: [] })
		expect(asked.body.code).toBe('account/step-up-required')
	})

	it('may only read with the scope that says so', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const reader = callAs(server, (await own.create({ name: 'Reader', scopes: ['postern:passwords:read'] })).body)
		const path = `${annPath}/application-passwords`
		expect((await reader('GET', path)).status).toBe(200)
		expect((await reader('GET', annPath)).body.mayManage).toBe(true)
		expect((await reader('GET', `/workspaces/${ann.workspaceId}/application-passwords`)).status).toBe(200)
		for (const [method, at, body] of [
			['POST', path, { name: 'x' }],
			['DELETE', path, undefined],
		] as const)
			expect((await reader(method, at, body)).body).toMatchObject({
				code: 'application-password/scope-missing',
				params: { scope: 'postern:passwords:manage' },
			})
	})

	it('loses at its next request what a lower role no longer reaches', async () => {
		const bob = await joining('bob', 'admin')
		const agent = (await bob.own.create({ name: 'Agent', scopes: ['postern:passwords:manage', 'posts:delete'] })).body
		const ask = callAs(server, agent)
		expect((await ask('POST', `${bob.path}/application-passwords`, { name: 'x', scopes: [] })).status).toBe(200)
		expect((await ann.browser.call('PATCH', bob.path, { role: 'viewer' })).status).toBe(204)
		expect((await ask('POST', `${bob.path}/application-passwords`, { name: 'x', scopes: [] })).body.code).toBe(
			'application-password/scope-missing',
		)
		const [listed] = await bob.own.list()
		expect(listed).toMatchObject({ scopes: ['postern:passwords:manage', 'posts:delete'] })
		expect(listed.effectiveScopes).toEqual(['postern:passwords:read'])
		expect((await bob.own.replace(listed.uuid, 0)).body.code).toBe('application-password/scope-beyond-role')
		expect((await ann.browser.call('DELETE', bob.path)).status).toBe(204)
		expect((await ask('GET', '/me')).status).toBe(401)
		expect(await activityTexts()).toContain('application-password.revoked by Ann on Agent')
	})
})

describe('a change of how one signs in', () => {
	it('#28 keeps the passwords, or revokes them in every workspace if that is asked', async () => {
		const bob = await joining('bob', 'editor')
		const [a, b] = [(await bob.own.create({ name: 'A' })).body, (await bob.own.create({ name: 'B' })).body]
		const next = 'a quite different sentence'
		const change = (from: string, to: string, more: object = {}) =>
			bob.browser.call('PUT', '/me/password', { currentPassword: from, newPassword: to, ...more })
		expect((await change(password, next)).status).toBe(204)
		expect((await me(a)).status).toBe(200)
		expect((await change(next, password, { revokeApplicationPasswords: true })).status).toBe(204)
		expect((await me(a)).status).toBe(401)
		expect((await me(b)).status).toBe(401)
		expect(await activityTexts()).toContain('application-password.revoked by bob on A')
	})

	it('to two-factor asks the same', async () => {
		const bob = await joining('bob', 'editor')
		const made = (await bob.own.create({ name: 'A' })).body
		await turnOnTwoFactor(bob.browser, { revokeApplicationPasswords: true })
		expect((await me(made)).status).toBe(401)
		const annMade = (await passwordsOf(ann.browser, annPath).create({ name: 'A' })).body
		await turnOnTwoFactor(ann.browser)
		expect((await me(annMade)).status).toBe(200)
	})
})

describe('the quota', () => {
	it('is said by name, also when many are made at the same moment', async () => {
		const own = passwordsOf(ann.browser, annPath)
		await own.create({ name: 'First' })
		const { position: _first, ...row } = await server.store.kysely
			.selectFrom('application_password')
			.selectAll()
			.executeTakeFirstOrThrow()
		const copies = Array.from({ length: 197 }, () => ({ ...row, uuid: randomUUID(), hash: randomUUID() }))
		await server.store.kysely.insertInto('application_password').values(copies).execute()
		const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => own.create({ name: `App ${index}` })))
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
		const refused = answers.find(({ status }) => status !== 200)
		expect(refused?.body).toMatchObject({ code: 'application-password/quota', params: { limit: 200 } })
		const { members } = (await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/members`)).body
		expect(members).toMatchObject([{ kind: 'person', applicationPasswordCount: 200 }])
	})
})

describe('#30 fifty of everything at once', () => {
	it('lose nothing: each password that was answered works, and each that was revoked does not', async () => {
		const own = passwordsOf(ann.browser, annPath)
		const made = await Promise.all(
			Array.from({ length: 50 }, async (_, index) => (await own.create({ name: `App ${index}` })).body),
		)
		const even = (_one: unknown, index: number) => index % 2 === 0
		const revoked = await Promise.all(made.filter(even).map((one) => own.revoke(one.applicationPassword.uuid)))
		expect(revoked.map(({ status }) => status)).toEqual(revoked.map(() => 204))
		const used = await Promise.all(
			made.map(
				async (one, index) => (await callAs(server, one, { ip: `198.51.100.${index + 1}` })('GET', '/me')).status,
			),
		)
		// Guessing is slowed down meanwhile (429); the good ones are not.
		expect(used.map((status) => status === 200)).toEqual(made.map((_one, index) => index % 2 === 1))
		await server.store.passwordStorage.flush()
		const listed = await own.list()
		expect(listed).toHaveLength(25)
		for (const one of listed) expect(one.lastIp).toBe(`198.51.100.${Number(one.name.slice(4)) + 1}`)
	})
})

async function activityTexts(): Promise<readonly string[]> {
	await server.store.passwordStorage.flush()
	return activity(server, ann.workspaceId)
}

async function signedIn(): Promise<Browser> {
	const browser = server.browser()
	await browser.call('POST', '/session', { username: 'ann', password })
	return browser
}
