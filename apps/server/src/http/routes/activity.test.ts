import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
	server = await startTestServer()
	ann = await setUpAnn(server)
	blog = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
	shop = await addConnector(server.store, ann.workspaceId, '=Shop', 'shop.example')
})
afterEach(() => server.stop())

const agent = { uuid: '0a6f0e5c-9f55-4f9a-8f8b-3b1c7f1f3a01', name: 'Agent' }

function entryOf({ id, name, workspaceId }: Connector): AccessEntry {
	return {
		workspaceId,
		requestId: 'req_1',
		password: agent,
		actor: { kind: 'caller', id: 'mem_1', name: 'Ann (Agent)' },
		connector: { id, name },
		method: 'POST',
		route: '/wp/v2/posts',
		scope: 'posts:draft',
		decision: 'permitted',
		problem: null,
		isWrite: true,
		ip: '198.51.100.1',
	}
}

/** Something passed the gateway. */
async function pass(connector: Connector, changes: Partial<AccessEntry> = {}) {
	const entry = { ...entryOf(connector), ...changes }
	const open = must(await server.store.accessJournal.commit(entry, null))
	const end = { problem: null, receivedBytes: 20, durationMs: 3, end: 'complete' } as const
	open.finish({ ...end, status: entry.decision === 'permitted' ? 201 : null, sentBytes: 10 })
	await server.store.accessJournal.flush()
}

const refused = { decision: 'refused', problem: 'application-password/scope-missing', isWrite: false } as const
const path = (query = '') => `/workspaces/${ann.workspaceId}/activity${query}`
const ask = async (query: string, browser: Browser = ann.browser) => (await browser.call('GET', path(query))).body
const routesOf = ({ entries }: { entries: { access: { route: string } | null }[] }) =>
	entries.map(({ access }) => access?.route ?? '–')

describe('activity', () => {
	it('tells of a request what was decided and what came of it, and not from where it came', async () => {
		await pass(blog)
		const { entries } = await ask('?kind=requests')
		expect(entries).toMatchObject([{ event: 'site.changing', target: { kind: 'connector', name: 'Blog' } }])
		expect(entries[0].access).toEqual({
			method: 'POST',
			route: '/wp/v2/posts',
			scope: 'posts:draft',
			decision: 'permitted',
			problem: null,
			status: 201,
			sentBytes: 10,
			receivedBytes: 20,
			durationMs: 3,
			end: 'complete',
			requestId: 'req_1',
			password: agent,
			connector: { id: blog.id, name: 'Blog' },
		})
	})

	it('is found by password, connector, decision and kind, all at once', async () => {
		await pass(blog, { route: '/a' })
		await pass(blog, { route: '/b', ...refused })
		await pass(shop, { route: '/c', password: { ...agent, uuid: '11111111-9f55-4f9a-8f8b-3b1c7f1f3a01' } })
		await ann.browser.call('PATCH', `/workspaces/${ann.workspaceId}/connectors/${blog.id}`, { name: 'Blog' })
		expect(routesOf(await ask('?kind=requests'))).toEqual(['/c', '/b', '/a'])
		expect(routesOf(await ask(`?password=${agent.uuid}`))).toEqual(['/b', '/a'])
		expect(routesOf(await ask(`?connector=${shop.id}`))).toEqual(['/c'])
		expect(routesOf(await ask('?decision=refused'))).toEqual(['/b'])
		expect(routesOf(await ask(`?decision=permitted&connector=${blog.id}&password=${agent.uuid}`))).toEqual(['/a'])
		expect(new Set(routesOf(await ask('?kind=changes')))).toEqual(new Set(['–']))
		expect(routesOf(await ask('?kind=requests&limit=1'))).toEqual(['/c'])
		const { nextCursor } = await ask('?kind=requests&limit=1')
		expect(routesOf(await ask(`?kind=requests&limit=1&cursor=${nextCursor}`))).toEqual(['/b'])
	})

	it.each(['kind=other', 'decision=maybe', 'cursor=x'])('refuses a filter that is none: %s', async (query) => {
		expect((await ask(`?${query}`)).code).toBe('request/type-error')
	})

	it.each(['password', 'connector'])('finds nothing of a %s that could not be one', async (name) => {
		expect((await ask(`?${name}=${encodeURIComponent("x' or 1=1")}`)).code).toBe('request/not-found')
	})

	it('shows nothing of other workspaces, whatever is asked for', async () => {
		const other = await server.store.workspaces.create('Elsewhere')
		const foreign = await addConnector(server.store, other.id, 'Theirs', 'theirs.example')
		await pass(foreign, { route: '/secret' })
		expect(routesOf(await ask(`?connector=${foreign.id}`))).toEqual([])
		expect(JSON.stringify(await ask(`?password=${agent.uuid}`))).not.toContain('secret')
		for (const what of ['activity', 'activity/export?format=csv'])
			expect((await ann.browser.call('GET', `/workspaces/${other.id}/${what}`)).status).toBe(404)
	})

	it('leaves requests out of what is new on the dashboard', async () => {
		await pass(blog)
		const { recentActivity } = (await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/dashboard`)).body
		expect(JSON.stringify(recentActivity)).not.toContain('site.')
	})
})

describe('an export', () => {
	it('is a CSV file, the newest first, with the same filters', async () => {
		await pass(blog, { route: '/a' })
		await pass(shop, { route: '/b' })
		const answer = await ann.browser.call('GET', path('/export?format=csv&kind=requests'))
		expect(answer.headers).toMatchObject({
			'content-type': 'text/csv; charset=utf-8; header=present',
			'content-disposition': expect.stringMatching(/^attachment; filename="postern-activity-\d{4}-\d\d-\d\d\.csv"$/),
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store',
		})
		const [names, ...lines] = answer.text.split('\r\n')
		expect(names).toContain('at,id,event,')
		expect(lines.map((line) => /\/[ab]/.exec(line)?.[0])).toEqual(['/b', '/a', undefined])
		expect(answer.text).toContain(",'=Shop,")
	})

	it('as JSON lines is what the list says, however long it is', async () => {
		for (let count = 0; count < 3; count += 1) await pass(blog, { route: `/${count}` })
		for (let count = 0; count < 1_200; count += 1)
			server.store.accessJournal.note({ ...entryOf(blog), route: `/many/${count}`, isWrite: false })
		await server.store.accessJournal.flush()
		const answer = await ann.browser.open(`/api/v1${path('/export?format=jsonl&kind=requests')}`, undefined, {})
		const entries = linesOf(answer.text)
		expect(entries).toHaveLength(1_203)
		expect(entries.slice(0, 100)).toEqual((await ask('?kind=requests&limit=100')).entries)
	})

	it.each(['', '?format=xml', '?format=csv&kind=x'])('refuses %j', async (query) => {
		expect((await ann.browser.call('GET', path(`/export${query}`))).body.code).toBe('request/type-error')
	})
})

const linesOf = (text: string) =>
	text
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line))

describe('who may read it', () => {
	const readings = ['', '/export?format=jsonl']

	it.each(readings)('every member: %s', async (reading) => {
		const vic = await join(server, ann, { username: 'vic', role: 'viewer' })
		expect((await vic.open(`/api/v1${path(reading)}`)).status).toBe(200)
		expect((await server.browser().open(`/api/v1${path(reading)}`)).status).toBe(401)
	})

	const as = async (grants: object) => {
		const { create } = passwordsOf(ann.browser, await pathOf(ann, 'Ann'))
		const { body } = await create({ name: 'Reader', ...grants })
		const call = callAs(server, body)
		return { call, authorization: `Basic ${Buffer.from(`${body.username}:${body.password}`).toString('base64')}` }
	}

	it.each(readings)('an application password with the scope for it, and no other: %s', async (reading) => {
		const without = await as({ scopes: ['posts:read', 'postern:connectors:read'] })
		expect((await without.call('GET', path(reading))).body.code).toBe('application-password/scope-missing')
		const { authorization } = await as({ scopes: ['postern:activity:read'] })
		expect((await server.browser().open(`/api/v1${path(reading)}`, undefined, { authorization })).status).toBe(200)
	})

	it('is told nothing of connectors that the password is not for', async () => {
		await pass(blog, { route: '/a' })
		await pass(shop, { route: '/b' })
		await ann.browser.call('PATCH', `/workspaces/${ann.workspaceId}/connectors/${shop.id}`, { name: 'Renamed shop' })
		const { call, authorization } = await as({ scopes: ['postern:activity:read'], connectors: [blog.id] })
		expect(routesOf((await call('GET', path('?kind=requests'))).body)).toEqual(['/a'])
		expect(JSON.stringify((await call('GET', path())).body)).not.toMatch(/shop/i)
		expect((await call('GET', path(`?connector=${shop.id}`))).body.code).toBe('request/not-found')
		const target = `/api/v1${path('/export?format=jsonl')}`
		const { text } = await server.browser().open(target, undefined, { authorization })
		expect(text).toContain('"route":"/a"')
		expect(text).not.toMatch(/shop/i)
	})
})
