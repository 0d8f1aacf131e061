import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Animal, enclose, type Enclosure, json } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, PASSWORD, USERNAME, wordpress, WRONG } from '@postern/wp-client/testing/zoo-wordpress'
import { auditEventParams, type AuditEvent } from '@postern/vocabulary'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { sweepDrafts } from '../../flows/keep-connector.ts'
import { setUpAnn, startTestServer, type Browser, type TestServer } from './test-server.testing.ts'

type Scene = {
	readonly server: TestServer
	readonly browser: Browser
	readonly zoo: Enclosure
	readonly base: string
	readonly address: string
}

/** A server with an owner signed in, and a WordPress that it may reach. Plain http on loopback, as people try it at home. */
async function open(options: { now?: () => Date; animal?: Animal } = {}): Promise<Scene> {
	const { now, animal = wordpress({ applicationPasswords: 'on' }).animal } = options
	const zoo = await enclose(animal)
	const environ = { POSTERN_ALLOW_PRIVATE: `127.0.0.1:${zoo.httpPort}` }
	const server = await startTestServer(now === undefined ? { environ } : { environ, now })
	onTestFinished(() => server.stop())
	const browser = server.browser()
	const account = { email: 'ada@example.com', username: 'ada', password: 'correct horse battery staple' }
	const me = await browser.call('POST', '/setup', { ...account, workspaceName: 'Ada' })
	expect(me.status).toBe(200)
	const base = `/workspaces/${me.body.memberships[0].workspace.id}`
	return { server, browser, zoo, base, address: `http://127.0.0.1:${zoo.httpPort}/` }
}

const credential = { username: USERNAME, applicationPassword: GROUPED }

/** Clicks *Authorize*, and gives what the stream said. */
async function authorize({ browser, base, address }: Scene, changes: object = {}) {
	const body = { type: 'wordpress-app', address, ...credential, ...changes }
	const answer = await browser.call('POST', `${base}/connectors/verify`, body)
	const events = answer.text
		.split('\n\n')
		.filter((block) => block.startsWith('data: '))
		.map((block) => JSON.parse(block.slice(6)))
	return { answer, events, last: events.at(-1) }
}

async function connect(scene: Scene, name = 'My blog') {
	const { last } = await authorize(scene)
	const saved = await scene.browser.call('POST', `${scene.base}/connectors/${last.connector.id}/save`, { name })
	expect(saved.status).toBe(200)
	return saved.body
}

test('looks at an address without any secret', async () => {
	const scene = await open()
	const found = await scene.browser.call('POST', `${scene.base}/sites/discover`, {
		type: 'wordpress-app',
		address: scene.address,
	})
	expect(found.body).toMatchObject({ title: 'The Zoo', apiStyle: 'path', applicationPasswords: 'on' })
	expect(scene.zoo.visits.every(({ headers }) => headers.authorization === undefined)).toBe(true)
})

test('climbs the ladder, seals the password, and lists the connector only when it is saved', async () => {
	const scene = await open()
	const { events, last } = await authorize(scene)
	expect(events.filter(({ state }) => state === 'passed').map(({ rung }) => rung)).toContain('login')
	expect(events.find(({ state }) => state === 'noted')).toMatchObject({
		rung: 'secure-connection',
		detail: { code: 'plain-http', params: {} },
	})
	expect(last).toMatchObject({
		kind: 'verified',
		connector: { phase: 'draft', state: 'healthy', account: { username: USERNAME } },
	})
	expect((await scene.browser.call('GET', `${scene.base}/connectors`)).body.total).toBe(0)
	expect((await scene.browser.call('GET', `${scene.base}/connectors/drafts`)).body.connectors).toHaveLength(1)
	await scene.browser.call('POST', `${scene.base}/connectors/${last.connector.id}/save`, { name: 'My blog' })
	const list = (await scene.browser.call('GET', `${scene.base}/connectors`)).body
	expect(list).toMatchObject({ total: 1, connectors: [{ id: last.connector.id, name: 'My blog', phase: 'saved' }] })
})

test('knows what the site has and what its account can do, and offers that', async () => {
	const book = { name: 'Books', slug: 'book', viewable: true, rest_base: 'books', rest_namespace: 'wp/v2' }
	const namespaces = ['oembed/1.0', 'wp/v2', 'wp-site-health/v1', 'wc/v3']
	const traits = { applicationPasswords: 'on', role: 'author', namespaces, types: json(200, { book }) } as const
	const scene = await open({ animal: wordpress(traits).animal })
	const connector = await connect(scene)
	expect(connector).toMatchObject({
		slug: `127-0-0-1-${scene.zoo.httpPort}`,
		gatewayUrl: `${scene.server.origin}/sites/127-0-0-1-${scene.zoo.httpPort}/`,
		hasOwnHost: false,
		namespaces,
		postTypes: [{ restBase: 'books', name: 'Books', slug: 'book' }],
	})
	const offered = ['posts:publish', 'media:write', 'types:books:publish', 'ns:wc/v3:write']
	expect(connector.offeredScopes).toEqual(expect.arrayContaining(offered))
	for (const scope of ['posts:others', 'types:books:others', 'users:read', 'settings:read', 'ns:wp/v2:read'])
		expect(connector.offeredScopes).not.toContain(scope)
	// A check proves it anew.
	const checked = (await scene.browser.call('POST', `${scene.base}/connectors/${connector.id}/check`)).body
	expect(checked).toMatchObject({ namespaces, postTypes: connector.postTypes, slug: connector.slug })
})

test('reconnects a paused connector, which stays paused', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	await scene.browser.call('POST', `${scene.base}/connectors/${id}/pause`)
	const { last } = await authorize(scene, { connectorId: id })
	expect(last).toMatchObject({ kind: 'verified', connector: { id, state: 'paused' } })
	expect((await scene.browser.call('POST', `${scene.base}/connectors/${id}/resume`)).body.state).toBe('healthy')
})

test('does not connect Postern to a site behind its own gateway', async () => {
	const environ = { POSTERN_ORIGIN: 'https://postern.example', POSTERN_GATEWAY_ORIGIN: 'https://*.sites.example' }
	const server = await startTestServer({ environ })
	onTestFinished(() => server.stop())
	const { browser, workspaceId } = await setUpAnn(server)
	for (const address of ['https://blog.sites.example/', 'BLOG.sites.example', 'https://postern.example/sites/blog/']) {
		const body = { type: 'wordpress-app', address }
		const found = await browser.call('POST', `/workspaces/${workspaceId}/sites/discover`, body)
		expect(found.body).toMatchObject({ status: 422, code: 'address/own' })
	}
})

test('deletes a draft that nobody saved in 15 minutes, and says so', async () => {
	let now = new Date('2026-11-21T12:00:00Z')
	const scene = await open({ now: () => now })
	const { last } = await authorize(scene)
	now = new Date(now.getTime() + 15 * 60_000 + 1)
	const saved = await scene.browser.call('POST', `${scene.base}/connectors/${last.connector.id}/save`, { name: 'Late' })
	expect(saved.body).toMatchObject({ status: 410, code: 'connector/draft-expired' })
	expect((await scene.browser.call('GET', `${scene.base}/connectors/drafts`)).body.connectors).toEqual([])
})

test('refuses a login password before anything is sent', async () => {
	const scene = await open()
	const { answer } = await authorize(scene, { applicationPassword: 'hunter2!' })
	expect(answer.body).toMatchObject({ status: 422, code: 'site-credential/looks-like-login-password' })
	expect(scene.zoo.visits).toEqual([])
})

test('tells whoever waits on the stream when the store gives up in the middle', async () => {
	const { animal } = wordpress({ applicationPasswords: 'on' })
	const scene = await open({
		animal: (visit) => {
			// The answer has begun by then. SQLite refuses every write from here on, as on a disk that became read-only.
			if (visit.url.includes('introspect')) void sql`pragma query_only = on`.execute(scene.server.store.kysely)
			return animal(visit)
		},
	})
	const { last } = await authorize(scene)
	expect(last).toMatchObject({ kind: 'failed', problem: { code: 'store/unavailable', status: 503 } })
	// Nobody's bug; and the operator, whose turn it is, finds the cause in the log.
	const logged = scene.server.logged.map((line) => JSON.parse(line))
	expect(logged.find(({ msg }) => msg === 'store/unavailable')).toMatchObject({
		requestId: last.problem.requestId,
		err: { message: expect.stringContaining('readonly') },
	})
	expect(logged.find(({ msg }) => msg === 'internal/bug')).toBeUndefined()
})

test('tells the operator why, when the store or the vault gives up', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	const other = Buffer.alloc(64)
	await scene.server.store.kysely.updateTable('connector').set({ sealed: other }).where('id', '=', id).execute()
	const read = await scene.browser.call('GET', `${scene.base}/connectors/${id}/posts`)
	expect(read.body.code).toBe('vault/cannot-open')
	await sql`pragma query_only = on`.execute(scene.server.store.kysely)
	const renamed = await scene.browser.call('PATCH', `${scene.base}/connectors/${id}`, { name: 'Other' })
	expect(renamed.body.code).toBe('store/unavailable')
	const logged = scene.server.logged.map((line) => JSON.parse(line))
	for (const { body } of [read, renamed])
		expect(logged.find(({ msg }) => msg === body.code)).toMatchObject({
			requestId: body.requestId,
			err: { message: expect.stringMatching(/./) },
		})
})

test('keeps a password that was pasted as the address to itself', async () => {
	const scene = await open()
	for (const address of [PASSWORD, `https://${PASSWORD}/`, GROUPED]) await authorize(scene, { address })
	const activity = (await scene.browser.call('GET', `${scene.base}/activity`)).text.toLowerCase()
	expect(activity).toContain('address/malformed')
	expect(activity).not.toContain(PASSWORD.toLowerCase())
	expect(scene.server.logged.join('').toLowerCase()).not.toContain(PASSWORD.toLowerCase())
})

test('knows only the connector types of its registry', async () => {
	const scene = await open()
	const body = { type: 'typewriter', address: scene.address }
	const answer = await scene.browser.call('POST', `${scene.base}/sites/discover`, body)
	expect(answer.body).toMatchObject({ status: 422, code: 'connector-type/unknown', params: { type: 'typewriter' } })
})

test('says which methods there are', async () => {
	const scene = await open()
	const answer = await scene.browser.call('DELETE', '/status')
	expect(answer.body.code).toBe('request/method-not-allowed')
	expect(answer.headers.allow).toBe('GET')
})

test('names a wrong password, with its certainty and what was seen', async () => {
	const scene = await open()
	const { last } = await authorize(scene, { applicationPassword: WRONG })
	expect(last).toMatchObject({
		kind: 'failed',
		problem: { code: 'site-credential/rejected', fixedBy: 'you', diagnosis: { certainty: 'sure', rung: 'login' } },
	})
	expect((await scene.browser.call('GET', `${scene.base}/connectors/drafts`)).body.connectors).toEqual([])
})

test('says what is wrong in the language of the person', async () => {
	const scene = await open()
	const body = { type: 'wordpress-app', address: 'http://10.0.0.1/' }
	const refused = await scene.browser.call('POST', `${scene.base}/sites/discover`, body, { 'accept-language': 'ja' })
	expect(refused.body.code).toBe('address/blocked')
	expect(refused.body.title).toMatch(/[ぁ-ん]/)
	expect(refused.headers['content-language']).toBe('ja')
})

test('checks a connector again, and asks for a person when the password was revoked', async () => {
	const { animal } = wordpress({ applicationPasswords: 'on' })
	let isRevoked = false
	const scene = await open({
		animal: (visit) => {
			if (!isRevoked) return animal(visit)
			const headers = { ...visit.headers, authorization: undefined }
			return animal({ ...visit, headers, body: visit.body.replace(PASSWORD, 'gone') })
		},
	})
	const connector = await connect(scene)
	const healthy = await scene.browser.call('POST', `${scene.base}/connectors/${connector.id}/check`)
	expect(healthy.body).toMatchObject({ state: 'healthy', diagnosis: null })
	isRevoked = true
	const failing = await scene.browser.call('POST', `${scene.base}/connectors/${connector.id}/check`)
	expect(failing.body).toMatchObject({ state: 'needs-attention', diagnosis: { rung: 'login' } })
})

test('reads the latest posts live, as text', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	const read = await scene.browser.call('GET', `${scene.base}/connectors/${id}/posts`)
	expect(read.body.posts).toHaveLength(5)
	expect(read.body.posts[0]).toMatchObject({ title: 'Hello & welcome', url: null, at: '2026-11-20T10:00:00.000Z' })
	// A draft has no date of its own yet.
	expect(read.body.drafts[0]).toMatchObject({ at: '2026-11-21T10:00:00.000Z' })
	expect(JSON.stringify(read.body)).not.toMatch(/javascript:|\u202e/)
})

test('does not send a password that is known to be refused with every look at the page', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	scene.zoo.visits.length = 0
	const diagnosis = { code: 'site-credential/rejected', params: { host: 'h' }, certainty: 'sure', rung: 'login' }
	const stored = JSON.stringify({ ...diagnosis, alternatives: [], evidence: [] })
	await scene.server.store.kysely.updateTable('connector').set({ state_problem: stored }).where('id', '=', id).execute()
	const read = await scene.browser.call('GET', `${scene.base}/connectors/${id}/posts`)
	expect(read.body).toMatchObject({ status: 502, code: 'site-credential/rejected' })
	expect(scene.zoo.visits).toEqual([])
})

test('bounds how often people may read from a site', async () => {
	const scene = await open()
	const missing = `${scene.base}/connectors/con_aaaaaaaaaaaaaaaaaaaaaaaaaa/posts`
	const codes = new Set<string>()
	for (let i = 0; i < 61; i++) codes.add((await scene.browser.call('GET', missing)).body.code)
	expect([...codes]).toEqual(['request/not-found', 'request/throttled'])
})

test('keeps the reading of posts in the record, and out of the news', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	await scene.browser.call('GET', `${scene.base}/connectors/${id}/posts`)
	const events = (entries: { event: string }[]) => entries.map(({ event }) => event)
	const { recentActivity } = (await scene.browser.call('GET', `${scene.base}/dashboard`)).body
	expect(events((await scene.browser.call('GET', `${scene.base}/activity`)).body.entries)[0]).toBe('site.read')
	expect(events(recentActivity)[0]).toBe('connector.created')
})

test('reconnects in place: the id and the name stay', async () => {
	const scene = await open()
	const before = await connect(scene)
	const { last } = await authorize(scene, { connectorId: before.id })
	expect(last).toMatchObject({
		kind: 'verified',
		connector: { id: before.id, name: 'My blog', phase: 'saved', state: 'healthy' },
	})
	const checked = await scene.browser.call('POST', `${scene.base}/connectors/${before.id}/check`)
	expect(checked.body.state).toBe('healthy')
})

test('says as whom a connector signs in, when that is somebody else than before', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	const another = { site_user_id: 4_711, site_username: 'walter' }
	await scene.server.store.kysely.updateTable('connector').set(another).where('id', '=', id).execute()
	await authorize(scene, { connectorId: id })
	await authorize(scene, { connectorId: id })
	const { entries } = (await scene.browser.call('GET', `${scene.base}/activity`)).body
	const changes = entries.filter(({ event }: { event: string }) => event === 'connector.account-changed')
	expect(changes).toMatchObject([{ params: { from: 'walter', to: USERNAME } }])
})

test('keeps every event, with its actor, and no secret', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	await scene.browser.call('PATCH', `${scene.base}/connectors/${id}`, { name: 'Our blog' })
	await scene.browser.call('POST', `${scene.base}/connectors/${id}/check`)
	await scene.browser.call('GET', `${scene.base}/connectors/${id}/posts`)
	await authorize(scene, { connectorId: id })
	await authorize(scene, { applicationPassword: WRONG })
	await scene.browser.call('DELETE', `${scene.base}/connectors/${id}`)
	await authorize(scene)
	const inAnHour = new Date(Date.now() + 3_600_000)
	expect(await sweepDrafts(scene.server.store, inAnHour)).toMatchObject({ ok: true })
	const { entries } = (await scene.browser.call('GET', `${scene.base}/activity`)).body
	expect(entries.map(({ event }: { event: string }) => event).toReversed()).toEqual([
		'setup.completed',
		'connector.verified',
		'connector.created',
		'connector.renamed',
		'connector.checked',
		'site.read',
		'connector.reconnected',
		'connector.verification-failed',
		'connector.deleted',
		'connector.verified',
		'connector.expired',
	])
	// Each brings the values that its sentence names, neither more nor fewer.
	for (const { event, params } of entries as { event: AuditEvent; params: object }[]) {
		const named = auditEventParams[event].filter((name) => name !== 'target')
		expect(Object.keys(params).toSorted(), event).toEqual(named.toSorted())
	}
	expect(entries.find(({ event }: { event: string }) => event === 'connector.deleted')).toMatchObject({
		actor: { kind: 'member', name: 'ada' },
		target: { name: 'Our blog' },
	})
	expect(JSON.stringify(entries)).not.toContain(PASSWORD)
})

test('deletes the sealed password with the connector', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	expect((await scene.browser.call('DELETE', `${scene.base}/connectors/${id}`)).status).toBe(200)
	expect((await scene.browser.call('GET', `${scene.base}/connectors/${id}`)).body.code).toBe('request/not-found')
	const rows = await scene.server.store.kysely.selectFrom('connector').select('id').execute()
	expect(rows).toEqual([])
})

test('refuses another address for a stored password (JSN-031)', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	scene.zoo.visits.length = 0
	const answer = await scene.browser.call('PATCH', `${scene.base}/connectors/${id}`, {
		address: 'https://attacker.example',
	})
	expect(answer.body).toMatchObject({ status: 409, code: 'site-credential/entered-for-other-origin' })
	expect(scene.zoo.visits).toEqual([])
})

test('does not open a password for an origin that was changed in the store', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	const elsewhere = await enclose(wordpress({ applicationPasswords: 'on' }).animal)
	const origin = `http://127.0.0.1:${elsewhere.httpPort}`
	await scene.server.store.kysely
		.updateTable('connector')
		.set({ site_url: origin, site_origin: origin, api_root_url: `${origin}/wp-json/` })
		.where('id', '=', id)
		.execute()
	const checked = await scene.browser.call('POST', `${scene.base}/connectors/${id}/check`)
	expect(checked.body).toMatchObject({ state: 'needs-attention', diagnosis: { code: 'vault/cannot-open' } })
	expect(elsewhere.visits.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
})

test('case 249: what is left out is kept, a mask is refused and changes nothing, and a viewer may not', async () => {
	const scene = await open()
	const connector = await connect(scene)
	const sealed = () => scene.server.store.kysely.selectFrom('connector').select(['sealed', 'site_username']).execute()
	const before = await sealed()
	// The username is trimmed, and what comes back holds no password, not even a mask.
	expect(before[0]?.site_username).toBe(USERNAME)
	expect((await authorize(scene, { username: `  ${USERNAME} ` })).last.kind).toBe('verified')
	expect(JSON.stringify(connector)).not.toMatch(/•|applicationPassword":"/)
	// A missing field keeps; so does the mask, of whatever length, because it is refused instead of stored; blank clears nothing.
	await scene.browser.call('PATCH', `${scene.base}/connectors/${connector.id}`, { name: 'Renamed' })
	for (const [applicationPassword, code] of [
		['•'.repeat(16), 'site-credential/mask'],
		['•'.repeat(7), 'site-credential/mask'],
		['', 'site-credential/password-required'],
	] as const) {
		const { answer } = await authorize(scene, { connectorId: connector.id, applicationPassword })
		expect(answer.body.code).toBe(code)
	}
	expect((await authorize(scene, { connectorId: connector.id, username: '  ' })).answer.body.code).toBe(
		'site-credential/username-required',
	)
	expect((await sealed()).filter(({ site_username }) => site_username === USERNAME)[0]).toEqual(before[0])
	// A whole answer sent back names keys that are not ours to take.
	const roundTrip = await scene.browser.call('PATCH', `${scene.base}/connectors/${connector.id}`, connector)
	expect(roundTrip.body).toMatchObject({ status: 400, code: 'request/json-unknown-key' })
	// A viewer.
	const { link } = (await scene.browser.call('POST', `${scene.base}/invitations`, { role: 'viewer', label: 'Vera' }))
		.body
	const viewer = scene.server.browser()
	await viewer.call('POST', '/invitations/accept', {
		token: link.split('#')[1],
		account: { email: 'vera@example.com', username: 'vera', password: 'another long passphrase' },
	})
	expect((await viewer.call('GET', `${scene.base}/connectors`)).status).toBe(200)
	const refused = await authorize({ ...scene, browser: viewer }, { connectorId: connector.id })
	expect(refused.answer.body).toMatchObject({ status: 403, code: 'role/insufficient' })
})

test('case 250: no file of the store, and no line of the log, holds the password', async () => {
	const scene = await open()
	await connect(scene)
	const basic = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64').replace(/=+$/, '')
	const forms = [
		PASSWORD,
		GROUPED,
		basic,
		Buffer.from(PASSWORD).toString('base64').replace(/=+$/, ''),
		Buffer.from(PASSWORD).toString('hex'),
	]
	const files = readdirSync(scene.server.dataFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	)
	expect(files.map(({ name }) => name)).toContain('postern.db')
	for (const { parentPath, name } of files) {
		const bytes = readFileSync(path.join(parentPath, name))
		for (const form of forms) expect(bytes.includes(form), `${name} holds ${form}`).toBe(false)
	}
	for (const form of forms) expect(scene.server.logged.join('\n')).not.toContain(form)
})

test('answers a foreign workspace and a missing one alike, on every route', async () => {
	const scene = await open()
	const { id } = await connect(scene)
	const { link } = (await scene.browser.call('POST', `${scene.base}/invitations`, { role: 'owner', label: '' })).body
	const stranger = scene.server.browser()
	await stranger.call('POST', '/invitations/accept', {
		token: link.split('#')[1],
		account: { email: 'eve@example.com', username: 'eve', password: 'another long passphrase' },
	})
	const members = (await scene.browser.call('GET', `${scene.base}/members`)).body.members
	const eve = members.find(({ username }: { username: string }) => username === 'eve')
	await scene.browser.call('DELETE', `${scene.base}/members/${eve.id}`)
	const routes: [string, string, unknown?][] = [
		['GET', `/connectors/${id}`],
		['PATCH', `/connectors/${id}`, { name: 'x' }],
		['DELETE', `/connectors/${id}`],
		['POST', `/connectors/${id}/check`],
		['POST', `/connectors/${id}/pause`],
		['POST', `/connectors/${id}/resume`],
		['POST', `/connectors/${id}/save`, { name: 'x' }],
		['GET', `/connectors/${id}/posts`],
		['GET', '/connectors'],
		['GET', '/activity'],
		['GET', '/activity/export?format=csv'],
		['GET', '/application-passwords/0a6f0e5c-9f55-4f9a-8f8b-3b1c7f1f3a01/usage'],
		['GET', '/dashboard'],
		['GET', '/members'],
		['POST', '/sites/discover', { type: 'wordpress-app', address: scene.address }],
		['POST', '/connectors/verify', { type: 'wordpress-app', address: scene.address, ...credential }],
	]
	for (const [method, route, body] of routes) {
		const foreign = await stranger.call(method, `${scene.base}${route}`, body)
		const missing = await stranger.call(method, `/workspaces/ws_aaaaaaaaaaaaaaaaaaaaaaaaaa${route}`, body)
		expect([foreign.status, foreign.body.code], `${method} ${route}`).toEqual([404, 'request/not-found'])
		expect({ ...missing.body, requestId: '' }).toEqual({ ...foreign.body, requestId: '' })
	}
	// And within one's own workspace: somebody else's connector is a missing one.
	const own = await scene.browser.call('GET', `${scene.base}/connectors/con_aaaaaaaaaaaaaaaaaaaaaaaaaa`)
	expect(own.body.code).toBe('request/not-found')
})

test.each([
	['limit=0', 'request/number-range'],
	['limit=101', 'request/number-range'],
	['limit=x', 'request/number-range'],
	['cursor=nonsense', 'request/type-error'],
	['state=purple', 'request/type-error'],
])('refuses a list with %s', async (query, code) => {
	const scene = await open()
	expect((await scene.browser.call('GET', `${scene.base}/connectors?${query}`)).body.code).toBe(code)
})

test('stops who tries too many addresses', async () => {
	const scene = await open()
	const look = () => scene.browser.call('POST', `${scene.base}/sites/discover`, { type: 'wordpress-app', address: '' })
	const codes = new Set<string>()
	for (let i = 0; i < 21; i++) codes.add((await look()).body.code)
	expect([...codes]).toEqual(['address/required', 'request/throttled'])
})
