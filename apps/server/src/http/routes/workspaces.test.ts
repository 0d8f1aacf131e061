import { afterEach, describe, expect, it } from 'vitest'
import {
	activity,
	join,
	password,
	setUpAnn,
	startTestServer,
	tokenOf,
	type Browser,
	type TestServer,
} from './test-server.testing.ts'

let server: TestServer
afterEach(() => server.stop())

type Ann = Awaited<ReturnType<typeof setUpAnn>>

const invite = ({ browser, workspaceId }: Ann, role: string, label = '') =>
	browser.call('POST', `/workspaces/${workspaceId}/invitations`, { role, label })

async function memberId(browser: Browser, workspaceId: string, username: string): Promise<string> {
	const { members } = (await browser.call('GET', `/workspaces/${workspaceId}/members`)).body
	return members.find((member: { username: string }) => member.username === username).id
}

describe('an invitation', () => {
	it('lets one person join with a new account, in the role that was fixed', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const invited = (await invite(ann, 'editor', 'for Bob')).body
		expect(invited.link).toMatch(/^http:\/\/localhost:4600\/join#[\w-]{43}$/)
		const token = tokenOf(invited.link)
		const bob = server.browser()
		expect((await bob.call('POST', '/invitations/read', { token })).body).toEqual({
			workspaceName: 'Ann’s blogs',
			role: 'editor',
			invitedBy: 'Ann',
			expiresAt: invited.invitation.expiresAt,
		})
		const account = { username: 'bob', email: 'bob@example.com', password }
		const mass = await bob.call('POST', '/invitations/accept', { token, account, role: 'owner' })
		expect(mass.body.code).toBe('request/json-unknown-key')
		const joined = await bob.call('POST', '/invitations/accept', { token, account })
		expect(joined.body).toMatchObject({
			account: { username: 'bob' },
			memberships: [{ role: 'editor', workspace: { id: ann.workspaceId } }],
		})
		expect((await bob.call('GET', '/me')).body).toEqual(joined.body)
		const again = await server.browser().call('POST', '/invitations/accept', {
			token,
			account: { ...account, username: 'eve', email: 'eve@example.com' },
		})
		expect(again.body).toMatchObject({ status: 410, code: 'invitation/invalid' })
		expect((await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/invitations`)).body.invitations).toEqual([])
		const events = await activity(server, ann.workspaceId)
		expect(events.slice(0, 2)).toEqual(['member.joined by bob on bob', 'member.invited by Ann on for Bob'])
		expect(JSON.stringify(await server.store.kysely.selectFrom('invitation').selectAll().execute())).not.toContain(
			token,
		)
		expect(server.logged.join()).not.toContain(token)
	})

	it('lets whoever is signed in join as themselves', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const bob = await join(server, ann, { username: 'bob', role: 'viewer' })
		const other = await server.store.workspaces.create('Elsewhere')
		const { accountId } =
			(await server.store.members.list(ann.workspaceId)).find(({ username }) => username === 'Ann') ?? {}
		await server.store.members.add({ workspaceId: other.id, accountId: accountId ?? '', role: 'owner' })
		const token = tokenOf((await invite({ ...ann, workspaceId: other.id }, 'admin')).body.link)
		expect((await server.browser().call('POST', '/invitations/accept', { token })).body.code).toBe(
			'account/session-required',
		)
		const joined = await bob.call('POST', '/invitations/accept', { token })
		expect(joined.body.memberships).toMatchObject([
			{ role: 'viewer', workspace: { id: ann.workspaceId } },
			{ role: 'admin', workspace: { id: other.id } },
		])
	})

	it('does not change the role of a member, and stays for somebody else', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const bob = await join(server, ann, { username: 'bob', role: 'viewer' })
		const token = tokenOf((await invite(ann, 'owner')).body.link)
		expect((await bob.call('POST', '/invitations/accept', { token })).body.memberships).toMatchObject([
			{ role: 'viewer' },
		])
		expect((await bob.call('POST', '/invitations/read', { token })).status).toBe(200)
	})

	it('makes one account when two use it at the same moment', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const token = tokenOf((await invite(ann, 'viewer')).body.link)
		const answers = await Promise.all(
			['bob', 'cat', 'dan'].map((username) =>
				server.browser().call('POST', '/invitations/accept', {
					token,
					account: { username, email: `${username}@example.com`, password },
				}),
			),
		)
		expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410, 410])
		const users = await server.store.kysely.selectFrom('auth_user').select('username').execute()
		expect(users).toHaveLength(2)
	})

	it('says which name is taken, and stays open', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const token = tokenOf((await invite(ann, 'viewer')).body.link)
		const accept = (account: object) => server.browser().call('POST', '/invitations/accept', { token, account })
		expect((await accept({ username: 'ANN', email: 'a@example.com', password })).body).toMatchObject({
			status: 409,
			code: 'account/username-taken',
		})
		expect((await accept({ username: 'bob', email: 'Ann@example.com', password })).body.code).toBe(
			'account/email-taken',
		)
		expect((await accept({ username: 'bob', email: 'bob@example.com', password: 'bobexample12345' })).body.code).toBe(
			'account/password-common',
		)
		expect((await accept({ username: 'bob', email: 'bob@example.com', password })).status).toBe(200)
	})

	it('expires after seven days, and can be withdrawn', async () => {
		let nowMs = Date.now()
		server = await startTestServer({ now: () => new Date(nowMs) })
		const ann = await setUpAnn(server)
		const [first, second] = [(await invite(ann, 'viewer')).body, (await invite(ann, 'viewer')).body]
		const withdraw = () =>
			ann.browser.call('DELETE', `/workspaces/${ann.workspaceId}/invitations/${first.invitation.id}`)
		expect((await withdraw()).status).toBe(204)
		expect((await withdraw()).body.code).toBe('request/not-found')
		const read = (link: string) => server.browser().call('POST', '/invitations/read', { token: tokenOf(link) })
		expect((await read(first.link)).body.code).toBe('invitation/invalid')
		expect((await read(second.link)).status).toBe(200)
		nowMs += 7 * 86_400_000 + 1
		expect((await read(second.link)).body.code).toBe('invitation/invalid')
		expect(await activity(server, ann.workspaceId)).toContain('member.invitation-revoked by Ann on ')
	})

	it('gives no role above the inviter’s own', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const roles = {
			admin: await join(server, ann, { username: 'adam', role: 'admin' }),
			editor: await join(server, ann, { username: 'edna', role: 'editor' }),
		}
		expect((await invite({ ...ann, browser: roles.admin }, 'owner')).body).toMatchObject({
			code: 'role/insufficient',
			params: { needed: 'owner' },
		})
		expect((await invite({ ...ann, browser: roles.admin }, 'admin')).status).toBe(200)
		expect((await invite({ ...ann, browser: roles.editor }, 'viewer')).body.code).toBe('role/insufficient')
		expect((await invite(ann, 'emperor')).body.code).toBe('request/type-error')
		expect((await invite(ann, 'viewer', 'x'.repeat(101))).body.code).toBe('request/type-error')
		expect((await invite(ann, 'viewer', 'two\nlines')).body.code).toBe('request/type-error')
	})
})

describe('members', () => {
	it('are shown to all of them', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const viewer = await join(server, ann, { username: 'vic', role: 'viewer' })
		const { members } = (await viewer.call('GET', `/workspaces/${ann.workspaceId}/members`)).body
		expect(members).toMatchObject([
			{ username: 'Ann', email: 'ann@example.com', role: 'owner', hasSecondFactor: false },
			{ username: 'vic', role: 'viewer' },
		])
	})

	it('change and go by those whose role is high enough', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const { workspaceId } = ann
		const adam = await join(server, ann, { username: 'adam', role: 'admin' })
		const edna = await join(server, ann, { username: 'edna', role: 'editor' })
		const id = (username: string) => memberId(ann.browser, workspaceId, username)
		const change = async (by: Browser, username: string, role: string) =>
			(await by.call('PATCH', `/workspaces/${workspaceId}/members/${await id(username)}`, { role })).body?.code ??
			'done'
		const remove = async (by: Browser, username: string) =>
			(await by.call('DELETE', `/workspaces/${workspaceId}/members/${await id(username)}`)).body?.code ?? 'done'
		expect(await change(adam, 'Ann', 'viewer')).toBe('role/insufficient')
		expect(await remove(adam, 'Ann')).toBe('role/insufficient')
		expect(await change(adam, 'edna', 'owner')).toBe('role/insufficient')
		expect(await change(adam, 'adam', 'owner')).toBe('role/insufficient')
		expect(await change(edna, 'adam', 'viewer')).toBe('role/insufficient')
		expect(await remove(edna, 'edna')).toBe('role/insufficient')
		expect(await change(adam, 'edna', 'admin')).toBe('done')
		expect(await change(ann.browser, 'edna', 'viewer')).toBe('done')
		expect(await remove(adam, 'edna')).toBe('done')
		expect((await edna.call('GET', `/workspaces/${workspaceId}/members`)).body.code).toBe('request/not-found')
		expect((await edna.call('GET', '/me')).body.memberships).toEqual([])
		expect((await activity(server, workspaceId)).slice(0, 3)).toEqual([
			'member.removed by adam on edna',
			'member.role-changed by Ann on edna',
			'member.role-changed by adam on edna',
		])
	})

	it('always have an owner among them, also when two leave at the same moment', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const { workspaceId } = ann
		const path = `/workspaces/${workspaceId}/members`
		const own = await memberId(ann.browser, workspaceId, 'Ann')
		expect((await ann.browser.call('PATCH', `${path}/${own}`, { role: 'viewer' })).body.code).toBe('member/last-owner')
		expect((await ann.browser.call('DELETE', `${path}/${own}`)).body.code).toBe('member/last-owner')
		const otto = await join(server, ann, { username: 'otto', role: 'owner' })
		const ottos = await memberId(ann.browser, workspaceId, 'otto')
		await Promise.all([ann.browser.call('DELETE', `${path}/${own}`), otto.call('DELETE', `${path}/${ottos}`)])
		const left = await server.store.members.list(workspaceId)
		expect(left.filter(({ role }) => role === 'owner')).toHaveLength(1)
	})
})

describe('a workspace', () => {
	it('that is not yours and one that does not exist answer alike', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const other = await server.store.workspaces.create('Elsewhere')
		for (const path of ['members', 'invitations', 'activity', 'dashboard', 'connectors']) {
			const [foreign, missing] = await Promise.all(
				[other.id, 'ws_missing'].map((id) => ann.browser.call('GET', `/workspaces/${id}/${path}`)),
			)
			expect({ ...foreign?.body, requestId: '' }).toEqual({ ...missing?.body, requestId: '' })
			expect(foreign?.body.code).toBe('request/not-found')
		}
		const own = await memberId(ann.browser, ann.workspaceId, 'Ann')
		const crossed = await ann.browser.call('DELETE', `/workspaces/${other.id}/members/${own}`)
		expect(crossed.body.code).toBe('request/not-found')
		expect((await server.browser().call('GET', `/workspaces/${ann.workspaceId}/members`)).body.code).toBe(
			'account/session-required',
		)
	})

	it('is renamed by an owner, and the log says so once', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const adam = await join(server, ann, { username: 'adam', role: 'admin' })
		const path = `/workspaces/${ann.workspaceId}`
		expect((await adam.call('PATCH', path, { name: 'Adam’s' })).body.code).toBe('role/insufficient')
		expect((await ann.browser.call('PATCH', path, { name: '\u202e' })).body.code).toBe('workspace/name-malformed')
		expect((await ann.browser.call('PATCH', path, { name: ' All our blogs ' })).status).toBe(204)
		expect((await ann.browser.call('GET', '/me')).body.memberships[0].workspace.name).toBe('All our blogs')
		expect((await ann.browser.call('PATCH', path, { name: 'All our blogs' })).status).toBe(204)
		const { entries } = (await ann.browser.call('GET', `${path}/activity`)).body
		const renamed = entries.filter(({ event }: { event: string }) => event === 'workspace.renamed')
		expect(renamed).toMatchObject([{ actor: { name: 'Ann' }, params: { from: 'Ann’s blogs', to: 'All our blogs' } }])
	})

	it('shows what happened, in pages', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const vic = await join(server, ann, { username: 'vic', role: 'viewer' })
		const path = `/workspaces/${ann.workspaceId}/activity`
		const first = (await vic.call('GET', `${path}?limit=2`)).body
		expect(first.entries).toMatchObject([
			{
				event: 'member.joined',
				actor: { kind: 'member', name: 'vic' },
				target: { kind: 'member', name: 'vic' },
				params: { role: 'viewer' },
			},
			{ event: 'member.invited', actor: { kind: 'member', name: 'Ann' } },
		])
		const second = (await vic.call('GET', `${path}?limit=2&cursor=${first.nextCursor}`)).body
		expect(second).toMatchObject({ entries: [{ event: 'setup.completed' }], nextCursor: null })
		for (const query of ['limit=0', 'limit=101', 'limit=x'])
			expect((await vic.call('GET', `${path}?${query}`)).status).toBe(422)
		expect((await vic.call('GET', `${path}?cursor=nonsense`)).body.code).toBe('request/type-error')
	})

	it('has a dashboard that names the one next step', async () => {
		server = await startTestServer()
		const ann = await setUpAnn(server)
		const vic = await join(server, ann, { username: 'vic', role: 'viewer' })
		const dashboard = (browser: Browser) => browser.call('GET', `/workspaces/${ann.workspaceId}/dashboard`)
		const empty = (await dashboard(ann.browser)).body
		expect(empty).toMatchObject({ connectorCount: 0, byState: [], needsAttention: [], nextStep: 'connect-first-site' })
		expect(empty.recentActivity).toHaveLength(3)
		// A viewer cannot connect a site.
		expect((await dashboard(vic)).body.nextStep).toBe('enable-two-factor')
	})
})
