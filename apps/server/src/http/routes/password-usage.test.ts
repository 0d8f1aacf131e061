import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AccessEntry } from '../../store/access-journal/access-entry.ts'
import { addConnector } from '../../store/cases/connector.testing.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { callAs, passwordsOf, pathOf } from './application-passwords.testing.ts'
import { join, must, setUpAnn, startTestServer, type Browser, type TestServer } from './test-server.testing.ts'

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
let blog: Connector
let shop: Connector
beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T12:00:15Z') })
	server = await startTestServer()
	ann = await setUpAnn(server)
	blog = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
	shop = await addConnector(server.store, ann.workspaceId, 'Shop', 'shop.example')
})
afterEach(async () => {
	vi.useRealTimers()
	await server.stop()
})

const later = (days: number) => vi.setSystemTime(Date.now() + days * 86_400_000)

async function issue(browser: Browser, username: string, grants: object = {}) {
	const made = await passwordsOf(browser, await pathOf(ann, username)).create({ name: `Of ${username}`, ...grants })
	if (made.status !== 200) throw new Error(made.text)
	return { ...made.body, uuid: String(made.body.applicationPassword.uuid) }
}

async function pass(uuid: string, { id, name, workspaceId }: Connector, changes: Partial<AccessEntry> = {}) {
	const entry: AccessEntry = {
		workspaceId,
		requestId: 'req_1',
		password: { uuid, name: 'Agent' },
		actor: { kind: 'caller', id: 'mem_1', name: 'Ann (Agent)' },
		connector: { id, name },
		method: 'GET',
		route: '/wp/v2/posts',
		scope: 'posts:read',
		decision: 'permitted',
		problem: null,
		isWrite: false,
		ip: '198.51.100.1',
		...changes,
	}
	must(await server.store.accessJournal.commit(entry, null))
	await server.store.accessJournal.flush()
}

const path = (uuid: string, query = '') => `/workspaces/${ann.workspaceId}/application-passwords/${uuid}/usage${query}`
const refused = { decision: 'refused', problem: 'application-password/scope-missing' } as const

describe('what a password was used for', () => {
	it('is told day by day, by connector and by the latest requests', async () => {
		const { uuid } = await issue(ann.browser, 'Ann', { writesPerDay: 5 })
		later(-2)
		await pass(uuid, shop)
		later(2)
		await pass(uuid, blog, { isWrite: true, route: '/wp/v2/posts/7' })
		await pass(uuid, blog, refused)
		const { body } = await ann.browser.call('GET', path(uuid, '?days=7'))
		expect(body).toMatchObject({
			password: { uuid, name: 'Of Ann', owner: { username: 'Ann', kind: 'person', role: 'owner' } },
			connectors: [
				{ id: blog.id, name: 'Blog', count: 2 },
				{ id: shop.id, name: 'Shop', count: 1 },
			],
			writesToday: 1,
			writesPerDay: 5,
		})
		expect(body.days.map(({ day }: { day: string }) => day)).toEqual(
			['16', '17', '18', '19', '20', '21', '22'].map((day) => `2026-11-${day}`),
		)
		expect(body.days.slice(4)).toEqual([
			{ day: '2026-11-20', permitted: 1, refused: 0, writes: 0 },
			{ day: '2026-11-21', permitted: 0, refused: 0, writes: 0 },
			{ day: '2026-11-22', permitted: 1, refused: 1, writes: 1 },
		])
		const routes = body.recent.map(({ access }: { access: AccessEntry }) => `${access.decision} ${access.route}`)
		expect(routes).toEqual(['refused /wp/v2/posts', 'permitted /wp/v2/posts/7', 'permitted /wp/v2/posts'])
	})

	it('is of thirty days without a number, and of no other numbers than those', async () => {
		const { uuid } = await issue(ann.browser, 'Ann')
		expect((await ann.browser.call('GET', path(uuid))).body.days).toHaveLength(30)
		expect((await ann.browser.call('GET', path(uuid, '?days=90'))).body.days).toHaveLength(90)
		for (const days of ['0', '8', '-7', '1e9', 'x'])
			expect((await ann.browser.call('GET', path(uuid, `?days=${days}`))).body.code).toBe('request/type-error')
	})

	it('is for its owner and for owners of the workspace; for anybody else it is not there', async () => {
		const eve = await join(server, ann, { username: 'eve', role: 'admin' })
		const anns = await issue(ann.browser, 'Ann')
		const eves = await issue(eve, 'eve')
		expect((await eve.call('GET', path(eves.uuid))).status).toBe(200)
		expect((await ann.browser.call('GET', path(eves.uuid))).body.password.owner.username).toBe('eve')
		for (const uuid of [anns.uuid, '0a6f0e5c-9f55-4f9a-8f8b-3b1c7f1f3a01'])
			expect((await eve.call('GET', path(uuid))).body).toMatchObject({ status: 404, code: 'request/not-found' })
	})

	it('is not there in another workspace', async () => {
		const { uuid } = await issue(ann.browser, 'Ann')
		const other = await server.store.workspaces.create('Second')
		const account = await server.store.accountRows.findByName('ann@example.com')
		await server.store.members.add({ workspaceId: other.id, accountId: account?.id ?? '', role: 'owner' })
		const elsewhere = `/workspaces/${other.id}/application-passwords/${uuid}/usage`
		expect((await ann.browser.call('GET', elsewhere)).body.code).toBe('request/not-found')
	})

	it('is told to a password with the scope for it, as far as its connectors reach', async () => {
		const { uuid } = await issue(ann.browser, 'Ann')
		await pass(uuid, blog)
		await pass(uuid, shop)
		const without = await issue(ann.browser, 'Ann', { scopes: ['postern:activity:read'] })
		expect((await callAs(server, without)('GET', path(uuid))).body.code).toBe('application-password/scope-missing')
		const reader = await issue(ann.browser, 'Ann', { scopes: ['postern:passwords:read'], connectors: [blog.id] })
		const { body } = await callAs(server, reader)('GET', path(uuid))
		expect(body.connectors).toEqual([{ id: blog.id, name: 'Blog', count: 1 }])
		expect(body.days.at(-1)).toMatchObject({ permitted: 1 })
		expect(JSON.stringify(body)).not.toContain('Shop')
	})
})
