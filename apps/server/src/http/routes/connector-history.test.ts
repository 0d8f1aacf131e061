import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addConnector, diagnosis, healthy } from '../../store/cases/connector.testing.ts'
import { join, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

const dayMs = 86_400_000

let server: TestServer
let ann: Awaited<ReturnType<typeof setUpAnn>>
let id = ''
let base = ''
beforeEach(async () => {
	server = await startTestServer()
	ann = await setUpAnn(server)
	id = (await addConnector(server.store, ann.workspaceId, 'Blog', 'blog.example')).id
	base = `/workspaces/${ann.workspaceId}/connectors/${id}`
})
afterEach(() => server.stop())

const record = (daysAgo: number, failed = false) => {
	const checkedAt = new Date(Date.now() - daysAgo * dayMs)
	const health = failed
		? { ...healthy, state: 'unreachable' as const, diagnosis, checkedAt }
		: { ...healthy, checkedAt }
	return server.store.connectors.recordCheck(ann.workspaceId, id, { sealVersion: 1, health, isScheduled: true })
}
const job = (ms: number) =>
	({ kind: 'connector.check', key: id, workspaceId: ann.workspaceId, connectorId: id, runAt: { inMs: ms } }) as const

describe('the history of a connector', () => {
	it('tells what checks found in the days that are asked for, and when the next one comes', async () => {
		for (const [daysAgo, failed] of [
			[80, false],
			[20, true],
			[3, false],
		] as const)
			await record(daysAgo, failed)
		await server.store.jobs.enqueue(job(60_000))
		const { body } = await ann.browser.call('GET', `${base}/history`)
		expect(body.checks).toMatchObject([
			{ state: 'unreachable', code: diagnosis.code, latencyMs: 118 },
			{ state: 'healthy', code: null },
		])
		expect(Math.abs(Date.parse(body.nextCheckAt) - Date.now() - 60_000)).toBeLessThan(5_000)
		expect(body.isChecking).toBe(false)
		expect((await ann.browser.call('GET', `${base}/history?days=90`)).body.checks).toHaveLength(3)
		expect((await ann.browser.call('GET', `${base}/history?days=7`)).body.checks).toHaveLength(1)
		expect((await ann.browser.call('GET', `${base}/history?days=8`)).status).toBe(422)
	})

	it('says while it is looked at, and so do the connector and the list', async () => {
		await server.store.jobs.enqueue(job(0))
		const state = async () => {
			const list = await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/connectors`)
			return [(await ann.browser.call('GET', base)).body.state, list.body.connectors[0].state]
		}
		expect(await state()).toEqual(['healthy', 'healthy'])
		const [held] = await server.store.jobs.claim({ kinds: ['connector.check'], limit: 1, leaseMs: 60_000 })
		expect(await state()).toEqual(['checking', 'checking'])
		const found = await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/connectors?state=checking`)
		expect(found.body).toMatchObject({ total: 1, connectors: [{ state: 'checking' }] })
		expect((await ann.browser.call('GET', `${base}/history`)).body).toMatchObject({
			isChecking: true,
			nextCheckAt: null,
		})
		if (held !== undefined) await server.store.jobs.finish(held)
		expect(await state()).toEqual(['healthy', 'healthy'])
		expect((await ann.browser.call('GET', `${base}/history`)).body).toMatchObject({
			isChecking: false,
			nextCheckAt: null,
		})
	})

	it('is for viewers too, and for nobody elsewhere', async () => {
		const vera = await join(server, ann, { username: 'vera', role: 'viewer' })
		expect((await vera.call('GET', `${base}/history`)).status).toBe(200)
		const other = await server.store.workspaces.create('Elsewhere')
		const foreign = await addConnector(server.store, other.id, 'Theirs', 'theirs.example')
		const path = `/workspaces/${ann.workspaceId}/connectors/${foreign.id}/history`
		expect((await ann.browser.call('GET', path)).body.code).toBe('request/not-found')
	})
})
