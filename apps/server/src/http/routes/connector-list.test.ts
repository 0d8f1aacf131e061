import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addConnector } from '../../store/cases/connector.testing.ts'
import type { Connector } from '../../store/connector/connector.ts'
import { callAs, passwordsOf, pathOf } from './application-passwords.testing.ts'
import { activity, type Answer, join, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
let base = ''
let blog: Connector
let shop: Connector
beforeEach(async () => {
	server = await startTestServer()
	ann = await setUpAnn(server)
	base = `/workspaces/${ann.workspaceId}/connectors`
	blog = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
	shop = await addConnector(server.store, ann.workspaceId, '=Shop', 'shop.example')
	await addConnector(server.store, ann.workspaceId, 'Farm', 'farm.example')
})
afterEach(() => server.stop())

const names = ({ body }: Answer): string[] => body.connectors.map(({ name }: { name: string }) => name)
const list = async (query: string) => names(await ann.browser.call('GET', `${base}?${query}`))
const setTags = (connector: Connector, tags: readonly string[]) =>
	ann.browser.call('PATCH', `${base}/${connector.id}`, { tags })

type Event = { kind: string; id?: string; name?: string; problem?: { code: string; requestId: string } } & Record<
	string,
	unknown
>

/** The events of a stream. */
const eventsOf = ({ text }: Answer): Event[] =>
	text
		.split('\n\n')
		.filter((event) => event.startsWith('data: '))
		.map((event) => JSON.parse(event.slice('data: '.length)))

const bulk = async (body: object, browser = ann.browser) => eventsOf(await browser.call('POST', `${base}/bulk`, body))
/** Each connector with what came of it. */
const outcomes = (events: readonly Event[]) =>
	events.flatMap(({ kind, name, problem }) => (kind === 'item' ? [[name, problem?.code ?? 'done']] : []))

describe('tags', () => {
	it('are set, kept as written, listed, and found in any case', async () => {
		expect((await setTags(blog, [' Client A ', 'prod'])).body.tags).toEqual(['Client A', 'prod'])
		expect((await setTags(shop, ['PROD'])).body.tags).toEqual(['prod'])
		expect((await ann.browser.call('GET', `${base}/tags`)).body.tags).toEqual([
			{ tag: 'Client A', count: 1 },
			{ tag: 'prod', count: 2 },
		])
		expect(await list('tag=Prod')).toEqual(['=Shop', 'Blog'])
		expect(await list('tag=prod&search=blog')).toEqual(['Blog'])
		expect((await ann.browser.call('GET', `${base}/${blog.id}`)).body.tags).toEqual(['Client A', 'prod'])
	})

	it('are changed together with the name, and written down by what was added and what taken away', async () => {
		await setTags(blog, ['old', 'stays'])
		const both = await ann.browser.call('PATCH', `${base}/${blog.id}`, { name: 'Log', tags: ['stays', 'new'] })
		expect(both.body).toMatchObject({ name: 'Log', tags: ['new', 'stays'] })
		const events = await activity(server, ann.workspaceId)
		expect(events.slice(0, 3)).toEqual([
			'connector.untagged by Ann on Log',
			'connector.tagged by Ann on Log',
			'connector.renamed by Ann on Log',
		])
		expect((await ann.browser.call('PATCH', `${base}/${blog.id}`, { tags: ['new', 'stays'] })).status).toBe(200)
		expect(await activity(server, ann.workspaceId)).toEqual(events)
	})

	it.each([
		['an empty one', [' '], 'connector-tag/malformed'],
		['an invisible one', ['\u200b'], 'connector-tag/malformed'],
		['one of 41 characters', ['x'.repeat(41)], 'connector-tag/malformed'],
		['a comma', ['a,b'], 'connector-tag/malformed'],
		['a semicolon', ['a;b'], 'connector-tag/malformed'],
		['a line break', ['a\nb'], 'connector-tag/malformed'],
		['a bidi override', ['\u202eevil'], 'connector-tag/malformed'],
		['a NUL', ['a\0'], 'connector-tag/malformed'],
		['twenty-one', Array.from({ length: 21 }, (_, index) => `tag ${index}`), 'connector-tag/limit'],
	])('are refused with %s, and nothing is changed', async (_, tags, code) => {
		const refused = await ann.browser.call('PATCH', `${base}/${blog.id}`, { name: 'Log', tags })
		expect(refused.body).toMatchObject({ status: 422, code })
		expect((await ann.browser.call('GET', `${base}/${blog.id}`)).body).toMatchObject({ name: 'Blog', tags: [] })
	})

	it('are twenty of forty characters at the most, also emoji', async () => {
		const tags = Array.from({ length: 20 }, (_, index) => `${'👩‍🌾'.repeat(38)}${String(index).padStart(2, '0')}`)
		expect((await setTags(blog, tags)).status).toBe(422) // too many bytes
		const plain = Array.from({ length: 20 }, (_, index) => `${'木'.repeat(38)}${String(index).padStart(2, '0')}`)
		expect((await setTags(blog, plain)).body.tags).toHaveLength(20)
		const one = await bulk({ action: 'tag', ids: [blog.id], tag: 'one more' })
		expect(outcomes(one)).toEqual([['Blog', 'connector-tag/limit']])
	})
})

describe('the list', () => {
	it('is filtered by who connected, who has a name', async () => {
		const { id } = await server.store.kysely.selectFrom('auth_user').select('id').executeTakeFirstOrThrow()
		await server.store.kysely.updateTable('connector').set({ created_by: id }).where('id', '=', shop.id).execute()
		expect((await ann.browser.call('GET', `${base}/owners`)).body.owners).toContainEqual({ id, name: 'Ann', count: 1 })
		expect(await list(`owner=${id}`)).toEqual(['=Shop'])
		const { body } = await ann.browser.call('GET', `${base}?owner=${id}`)
		expect(body.connectors[0].createdBy).toEqual({ id, name: 'Ann' })
		expect((await ann.browser.call('GET', `${base}/${blog.id}`)).body.createdBy).toBeNull()
	})

	it('is sorted as it is asked for, page by page', async () => {
		expect(await list('sort=created')).toEqual(['Farm', '=Shop', 'Blog'])
		expect(await list('sort=name&order=desc')).toEqual(['Farm', 'Blog', '=Shop'])
		await server.store.connectors.pause(ann.workspaceId, blog.id)
		const first = await ann.browser.call('GET', `${base}?sort=state&order=desc&limit=1`)
		expect(names(first)).toEqual(['Blog'])
		expect(await list(`sort=state&order=desc&limit=2&cursor=${first.body.nextCursor}`)).toEqual(['Farm', '=Shop'])
	})

	it.each(['sort=size', 'order=up', 'state=lost', 'sort=name&cursor=x'])('refuses %s', async (query) => {
		expect((await ann.browser.call('GET', `${base}?${query}`)).body).toMatchObject({ code: 'request/type-error' })
	})

	it.each(['type', 'owner', 'tag', 'search'])(
		'finds nothing, and breaks nothing, with odd text as %s',
		async (name) => {
			for (const text of ["'%20or%201=1%20--", '%00x', '%F0%9F%8F%9A', '%ED%A0%80'])
				expect((await ann.browser.call('GET', `${base}?${name}=${text}`)).status).toBe(200)
		},
	)
})

describe('the download', () => {
	it('has one line for each connector, nothing that a spreadsheet takes for a formula, and is written down', async () => {
		await setTags(blog, ['a "quoted" one', 'b'])
		const { text, headers } = await ann.browser.call('GET', `${base}/export`)
		expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
		expect(headers['content-disposition']).toMatch(/filename="postern-connectors-\d{4}-\d\d-\d\d\.csv"/)
		expect(text.split('\r\n')).toEqual([
			'name,url,type,username,roles,state,tags,owner,created,last_checked,diagnosis',
			expect.stringMatching(/^'=Shop,https:\/\/shop\.example\/,wordpress-app,yuki,editor,healthy,,,2/),
			expect.stringMatching(/^Blog,.*,"a ""quoted"" one, b",,/),
			expect.stringMatching(/^Farm,/),
			'',
		])
		expect(text).not.toContain(blog.applicationPassword.uuid)
		expect((await activity(server, ann.workspaceId))[0]).toMatch(/^connector\.exported by Ann/)
	})

	it('has what the filter lets through, and the names of the columns at least', async () => {
		const { text } = await ann.browser.call('GET', `${base}/export?search=farm`)
		expect(text.split('\r\n')).toHaveLength(3)
		expect((await ann.browser.call('GET', `${base}/export?search=zebra`)).text.split('\r\n')).toHaveLength(2)
	})
})

describe('doing one thing with many', () => {
	it('tells of each by itself, and sums up', async () => {
		const events = await bulk({ action: 'tag', ids: [blog.id, 'con_nobody', shop.id, blog.id], tag: ' New ' })
		expect(events[0]).toEqual({ kind: 'started', total: 3 })
		expect(events.at(-1)).toEqual({ kind: 'finished', total: 3, failed: 1 })
		expect(outcomes(events)).toEqual([
			['Blog', 'done'],
			['', 'request/not-found'],
			['=Shop', 'done'],
		])
		expect(await list('tag=new')).toEqual(['=Shop', 'Blog'])
		await bulk({ action: 'untag', ids: [blog.id], tag: 'NEW' })
		expect(await list('tag=new')).toEqual(['=Shop'])
	})

	it('does it with all that match, and with no other', async () => {
		const events = await bulk({ action: 'pause', matching: { search: 'a' } })
		expect(outcomes(events)).toEqual([
			['=Shop', 'done'],
			['Blog', 'done'],
			['Farm', 'done'],
		])
		expect(outcomes(await bulk({ action: 'resume', matching: { search: 'farm', state: 'paused' } }))).toHaveLength(1)
		expect(await list('state=paused')).toEqual(['=Shop', 'Blog'])
		expect(outcomes(await bulk({ action: 'delete', matching: { state: 'paused' } }))).toHaveLength(2)
		expect(await list('')).toEqual(['Farm'])
		const events2 = await activity(server, ann.workspaceId)
		expect(events2.filter((event) => event.startsWith('connector.deleted'))).toEqual([
			'connector.deleted by Ann on Blog',
			'connector.deleted by Ann on =Shop',
		])
	})

	it.each([
		[{ action: 'check' }, 'request/type-error'],
		[{ action: 'check', ids: [], matching: {} }, 'request/type-error'],
		[{ action: 'check', ids: ['con_1'], matching: {} }, 'request/type-error'],
		[{ action: 'check', ids: Array.from({ length: 501 }, () => 'con_1') }, 'request/type-error'],
		[{ action: 'burn', ids: ['con_1'] }, 'request/type-error'],
		[{ action: 'tag', ids: ['con_1'] }, 'connector-tag/malformed'],
		[{ action: 'tag', matching: {}, tag: 'a,b' }, 'connector-tag/malformed'],
		[{ action: 'delete', matching: { cursor: 'x' } }, 'request/json-unknown-key'],
	])('refuses %j before anything is done', async (body, code) => {
		expect((await ann.browser.call('POST', `${base}/bulk`, body)).body).toMatchObject({ code })
	})

	it('takes the role of the single action', async () => {
		const eve = await join(server, ann, { username: 'eve', role: 'editor' })
		const vera = await join(server, ann, { username: 'vera', role: 'viewer' })
		for (const action of ['pause', 'resume', 'delete'])
			expect((await eve.call('POST', `${base}/bulk`, { action, ids: [blog.id] })).body).toMatchObject({
				code: 'role/insufficient',
				params: { needed: 'admin' },
			})
		expect((await vera.call('POST', `${base}/bulk`, { action: 'check', ids: [blog.id] })).body.code).toBe(
			'role/insufficient',
		)
		expect(outcomes(await bulk({ action: 'tag', ids: [blog.id], tag: 'x' }, eve))).toEqual([['Blog', 'done']])
	})

	it('reaches, lists and downloads with a password only what it is for', async () => {
		await setTags(blog, ['seen'])
		await setTags(shop, ['unseen'])
		const { create } = passwordsOf(ann.browser, await pathOf(ann, 'Ann'))
		const scopes = ['postern:connectors:read', 'postern:connectors:manage']
		const made = await create({ name: 'x', scopes, connectors: [blog.id] })
		const call = callAs(server, made.body)
		expect((await call('GET', `${base}/tags`)).body.tags).toEqual([{ tag: 'seen', count: 1 }])
		expect((await call('GET', `${base}/owners`)).body.owners).toMatchObject([{ count: 1 }])
		expect((await call('GET', `${base}/export`)).text.split('\r\n')).toHaveLength(3)
		const some = eventsOf(await call('POST', `${base}/bulk`, { action: 'tag', ids: [shop.id, blog.id], tag: 'y' }))
		expect(outcomes(some)).toEqual([
			['', 'request/not-found'],
			['Blog', 'done'],
		])
		expect(outcomes(eventsOf(await call('POST', `${base}/bulk`, { action: 'delete', matching: {} })))).toEqual([
			['Blog', 'done'],
		])
		expect(await list('')).toEqual(['=Shop', 'Farm'])
	})

	it('is nobody’s business elsewhere', async () => {
		const other = await server.store.workspaces.create('Elsewhere')
		const foreign = await addConnector(server.store, other.id, 'Theirs', 'theirs.example')
		expect(outcomes(await bulk({ action: 'delete', ids: [foreign.id] }))).toEqual([['', 'request/not-found']])
		const path = `/workspaces/${other.id}/connectors/bulk`
		expect((await ann.browser.call('POST', path, { action: 'delete', matching: {} })).body.code).toBe(
			'request/not-found',
		)
		expect(await server.store.connectors.find(other.id, foreign.id)).toBeDefined()
	})

	it('checks many at a time only so often', async () => {
		for (let round = 0; round < 6; round += 1)
			expect(outcomes(await bulk({ action: 'check', matching: { search: 'zebra' } }))).toEqual([])
		const refused = await ann.browser.call('POST', `${base}/bulk`, { action: 'check', matching: {} })
		expect(refused.body).toMatchObject({ code: 'request/throttled' })
		expect(outcomes(await bulk({ action: 'tag', ids: [blog.id], tag: 'x' }))).toEqual([['Blog', 'done']])
	})

	it('removes at the sites what was made for Postern, and leaves what somebody entered', async () => {
		const { kysely } = server.store
		await kysely.updateTable('connector').set({ credential_from: 'approved' }).where('id', '=', blog.id).execute()
		const events = await bulk({ action: 'delete', matching: {}, revoke: 'made' })
		// Its seal is none, so what was tried could not be done: Postern says that it is left there.
		const left = events.filter(({ kind }) => kind === 'item').map(({ name, code }) => [name, code])
		expect(new Map(left.map(([name, code]) => [name, code]))).toEqual(
			new Map([
				['=Shop', null],
				['Blog', 'vault/cannot-open'],
				['Farm', null],
			]),
		)
		expect(await list('')).toEqual([])
	})

	it('finishes the others when one breaks, names that one, and the operator finds why', async () => {
		const { kysely } = server.store
		await kysely.updateTable('connector').set({ tags: 'broken' }).where('id', '=', blog.id).execute()
		const events = await bulk({ action: 'tag', matching: {}, tag: 'x' })
		expect(outcomes(events)).toEqual([
			['=Shop', 'done'],
			['Blog', 'internal/bug'],
			['Farm', 'done'],
		])
		expect(events.at(-1)).toEqual({ kind: 'finished', total: 3, failed: 1 })
		const requestId = events.find(({ problem }) => problem !== undefined)?.problem?.requestId
		const logged = server.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'internal/bug')
		expect(logged).toMatchObject([{ requestId, err: { stack: expect.stringContaining('json-column') } }])
	})

	it('gives up when one after the other breaks: then it is not the connectors’ fault', async () => {
		for (let n = 0; n < 30; n += 1) await addConnector(server.store, ann.workspaceId, `Site ${n}`, `site-${n}.example`)
		const { find } = server.store.members
		// SQLite refuses every write from here on, as on a disk that became read-only.
		const members = Object.assign(server.store.members, {
			find: async (...of: Parameters<typeof find>) => {
				await sql`pragma query_only = on`.execute(server.store.kysely)
				return find(...of)
			},
		})
		const events = await bulk({ action: 'tag', matching: {}, tag: 'x' })
		Object.assign(members, { find })
		const failed = outcomes(events)
		expect(failed).toHaveLength(10)
		expect(new Set(failed.map(([, code]) => code))).toEqual(new Set(['store/unavailable']))
		expect(events.at(-1)).toMatchObject({ kind: 'failed', problem: { code: 'store/unavailable' } })
		expect(server.logged.filter((line) => line.includes('readonly'))).toHaveLength(10)
	})

	it('ends where whoever asked may do it no more, and says so', async () => {
		const eve = await join(server, ann, { username: 'eve', role: 'editor' })
		const { find } = server.store.members
		let looked = 0
		// The right ends between the first and the second.
		const members = Object.assign(server.store.members, {
			find: async (...of: Parameters<typeof find>) => {
				looked += 1
				const member = await find(...of)
				return looked > 1 && member ? { ...member, role: 'viewer' as const } : member
			},
		})
		const events = await bulk({ action: 'tag', matching: {}, tag: 'x' }, eve)
		Object.assign(members, { find })
		expect(outcomes(events)).toEqual([['=Shop', 'done']])
		expect(events.at(-1)).toMatchObject({ kind: 'failed', problem: { code: 'role/insufficient' } })
	})
})

describe('checking many', () => {
	it('says what each check found: one that cannot be opened, and one that is paused', async () => {
		await server.store.connectors.pause(ann.workspaceId, shop.id)
		const events = await bulk({ action: 'check', ids: [blog.id, shop.id] })
		const items = events.filter(({ kind }) => kind === 'item')
		expect(items.find(({ name }) => name === '=Shop')).toMatchObject({
			state: null,
			problem: { code: 'connector/paused' },
		})
		// Its seal is none: what a check says of it stands in its state.
		expect(items.find(({ name }) => name === 'Blog')).toMatchObject({ code: 'vault/cannot-open' })
		expect(events.at(-1)).toEqual({ kind: 'finished', total: 2, failed: 1 })
	})
})
