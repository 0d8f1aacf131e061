import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addConnector } from '../../store/cases/connector.testing.ts'
import { callAs, passwordsOf, pathOf } from './application-passwords.testing.ts'
import { activity, join, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
let base = ''
beforeEach(async () => {
	server = await startTestServer()
	ann = await setUpAnn(server)
	const { id } = await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')
	base = `/workspaces/${ann.workspaceId}/connectors/${id}`
})
afterEach(() => server.stop())

describe('a paused connector', () => {
	it('is shown so, found so, and is as it was once it is resumed', async () => {
		const before = (await ann.browser.call('GET', base)).body
		expect((await ann.browser.call('POST', `${base}/pause`)).body).toEqual({ ...before, state: 'paused' })
		const list = `/workspaces/${ann.workspaceId}/connectors`
		expect((await ann.browser.call('GET', `${list}?state=paused`)).body.connectors).toMatchObject([{ name: 'Blog' }])
		expect((await ann.browser.call('GET', `${list}?state=healthy`)).body.total).toBe(0)
		expect((await ann.browser.call('POST', `${base}/resume`)).body).toEqual(before)
	})

	it('opens nothing: it is neither checked nor read', async () => {
		await ann.browser.call('POST', `${base}/pause`)
		for (const [method, what] of [
			['POST', 'check'],
			['GET', 'posts'],
		] as const)
			expect((await ann.browser.call(method, `${base}/${what}`)).body).toMatchObject({
				status: 409,
				code: 'connector/paused',
			})
		expect(await activity(server, ann.workspaceId)).not.toContain('connector.checked by Ann on Blog')
	})

	it('is written down once, whoever pauses it again', async () => {
		for (const what of ['pause', 'pause', 'resume', 'resume'])
			expect((await ann.browser.call('POST', `${base}/${what}`)).status).toBe(200)
		const events = await activity(server, ann.workspaceId)
		expect(events.filter((event) => /paused|resumed/.test(event))).toEqual([
			'connector.resumed by Ann on Blog',
			'connector.paused by Ann on Blog',
		])
	})

	it('is made so by administrators, not by editors', async () => {
		const eve = await join(server, ann, { username: 'eve', role: 'editor' })
		const adam = await join(server, ann, { username: 'adam', role: 'admin' })
		expect((await eve.call('POST', `${base}/pause`)).body.code).toBe('role/insufficient')
		expect((await adam.call('POST', `${base}/pause`)).status).toBe(200)
		expect((await eve.call('POST', `${base}/resume`)).body.code).toBe('role/insufficient')
	})

	it('is nobody’s business elsewhere', async () => {
		const other = await server.store.workspaces.create('Elsewhere')
		const foreign = await addConnector(server.store, other.id, 'Theirs', 'theirs.example')
		for (const workspaceId of [ann.workspaceId, other.id])
			for (const what of ['pause', 'resume']) {
				const path = `/workspaces/${workspaceId}/connectors/${foreign.id}/${what}`
				expect((await ann.browser.call('POST', path)).body).toMatchObject({ status: 404, code: 'request/not-found' })
			}
		expect((await server.store.connectors.find(other.id, foreign.id))?.isPaused).toBe(false)
	})

	it('is made so by a password with the scope for it, and by no other', async () => {
		const { create } = passwordsOf(ann.browser, await pathOf(ann, 'Ann'))
		const as = async (scopes: readonly string[]) => callAs(server, (await create({ name: 'x', scopes })).body)
		const reader = await as(['postern:connectors:read'])
		expect((await reader('POST', `${base}/pause`)).body.code).toBe('application-password/scope-missing')
		const keeper = await as(['postern:connectors:manage'])
		expect((await keeper('POST', `${base}/pause`)).body.state).toBe('paused')
	})
})
