import { enclose } from '@postern/wp-client/testing/zoo-server'
import { GROUPED, USERNAME, wordpress } from '@postern/wp-client/testing/zoo-wordpress'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { callAs, passwordsOf, pathOf } from './application-passwords.testing.ts'
import {
	activity,
	join,
	setUpAnn,
	startTestServer,
	type Answer,
	type Browser,
	type TestServer,
} from './test-server.testing.ts'

let server: TestServer
let ann: { browser: Browser; workspaceId: string }
let [here, there] = ['', '']
beforeEach(async () => {
	const sites = [1, 2].map(() => enclose(wordpress({ applicationPasswords: 'on' }).animal))
	;[here = '', there = ''] = (await Promise.all(sites)).map(({ httpPort }) => `127.0.0.1:${httpPort}`)
	server = await startTestServer({ environ: { POSTERN_ALLOW_PRIVATE: `${here},${there}` } })
	onTestFinished(() => server.stop())
	ann = await setUpAnn(server)
})

type Call = (method: string, path: string, body?: object) => Promise<Answer>
const verify = (call: Call, host: string, connectorId?: string) =>
	call('POST', `/workspaces/${ann.workspaceId}/connectors/verify`, {
		type: 'wordpress-app',
		address: `http://${host}`,
		username: USERNAME,
		applicationPassword: GROUPED,
		...(connectorId === undefined ? {} : { connectorId }),
	})
const lastOf = ({ text }: Answer) => JSON.parse(text.trim().split('\n\n').at(-1)?.slice('data: '.length) ?? '')

async function connectHere(): Promise<string> {
	const { connector } = lastOf(await verify(ann.browser.call, here))
	await ann.browser.call('POST', `/workspaces/${ann.workspaceId}/connectors/${connector.id}/save`, { name: 'Blog' })
	return connector.id
}

const hostOf = async (id: string) => (await server.store.connectors.find(ann.workspaceId, id))?.site.host

describe('a connector that others reach through their passwords', () => {
	it('is moved to another site by an administrator, and the record says from where to where', async () => {
		const id = await connectHere()
		expect(lastOf(await verify(ann.browser.call, there, id))).toMatchObject({ kind: 'verified' })
		expect(await hostOf(id)).toBe(there)
		const { entries } = (await ann.browser.call('GET', `/workspaces/${ann.workspaceId}/activity`)).body
		const moved = entries.find(({ event }: { event: string }) => event === 'connector.moved')
		expect(moved).toMatchObject({ actor: { name: 'Ann' }, params: { from: here, to: there } })
		expect(lastOf(await verify(ann.browser.call, there, id))).toMatchObject({ kind: 'verified' })
		const events = await activity(server, ann.workspaceId)
		expect(events.filter((event) => event.startsWith('connector.moved'))).toHaveLength(1)
	})

	it('is not moved by an editor, who reconnects it where it is', async () => {
		const id = await connectHere()
		const editor = await join(server, ann, { username: 'eve', role: 'editor' })
		const moved = lastOf(await verify(editor.call, there, id))
		expect(moved).toMatchObject({ kind: 'failed', problem: { code: 'role/insufficient', params: { needed: 'admin' } } })
		expect(await hostOf(id)).toBe(here)
		expect(lastOf(await verify(editor.call, here, id))).toMatchObject({ kind: 'verified' })
	})

	it('is not moved by an application', async () => {
		const id = await connectHere()
		const own = passwordsOf(ann.browser, await pathOf(ann, 'Ann'))
		const made = (await own.create({ name: 'x', scopes: ['postern:connectors:manage'], connectors: [id] })).body
		const moved = lastOf(await verify(callAs(server, made), there, id))
		expect(moved).toMatchObject({ problem: { code: 'site-credential/entered-for-other-origin' } })
		expect(await hostOf(id)).toBe(here)
		expect(lastOf(await verify(callAs(server, made), here, id))).toMatchObject({ kind: 'verified' })
	})
})
