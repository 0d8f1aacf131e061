import { ok } from '@postern/vocabulary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../../../scripts/testing/postgres.ts'
import { addConnector, diagnosis, healthy } from '../../store/cases/connector.testing.ts'
import { type Answer, setUpAnn, startTestServer, type TestServer } from './test-server.testing.ts'

let postgres: TestPostgres
beforeAll(async () => {
	postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.stop(), 60_000)

const states = ['healthy', 'limited', 'needs-attention', 'unreachable', 'maintenance', 'paused', 'checking'] as const

/** One of each state, and of some a second that is looked at just now; the paused one is, too. */
async function fill({ store }: TestServer, workspaceId: string): Promise<void> {
	for (const state of states) {
		const { id } = await addConnector(store, workspaceId, state, `${state}.example`)
		if (state === 'paused') await store.connectors.pause(workspaceId, id)
		else await lookAt(store, workspaceId, id, state)
	}
	for (const state of ['healthy', 'unreachable', 'paused'] as const) {
		const name = `${state}, looked at`
		const { id } = await addConnector(store, workspaceId, name, 'busy.example')
		if (state === 'paused') await store.connectors.pause(workspaceId, id)
		else await lookAt(store, workspaceId, id, state)
		await store.connectors.changeTags(workspaceId, id, () => ok(['Busy']))
		await store.jobs.enqueue({ kind: 'connector.check', key: id, workspaceId, connectorId: id, runAt: { inMs: 0 } })
	}
	await store.jobs.claim({ kinds: ['connector.check'], limit: 9, leaseMs: 60_000 })
}

function lookAt({ connectors }: TestServer['store'], workspaceId: string, id: string, state: (typeof states)[number]) {
	const isFine = state === 'healthy' || state === 'limited'
	const found = { ...healthy, state: state === 'paused' ? 'healthy' : state, ...(isFine ? {} : { diagnosis }) } as const
	return connectors.recordCheck(workspaceId, id, { sealVersion: 1, health: found })
}

const filters = [
	...states.map((state) => ({ state })),
	{ type: 'wordpress-app' },
	{ type: 'ghost' },
	{ tag: 'bUSY' },
	{ tag: 'nobody’s' },
	{ owner: 'acc_1' },
	{ search: 'LOOKED' },
	{ search: 'busy.ex', state: 'checking' },
	{ search: 'healthy', state: 'checking' },
	{ tag: 'busy', state: 'healthy' },
	{},
] as const

describe.each(['sqlite', 'postgres'])('a filter on %s', (type) => {
	let server: TestServer
	let ann: Awaited<ReturnType<typeof setUpAnn>>
	let base = ''
	beforeAll(async () => {
		server = await startTestServer(type === 'sqlite' ? {} : { databaseUrl: await postgres.createDatabase() })
		ann = await setUpAnn(server)
		base = `/workspaces/${ann.workspaceId}/connectors`
		await fill(server, ann.workspaceId)
	}, 60_000)
	afterAll(() => server.stop())

	/** The list is the measure: each page of it, in any order. */
	async function listed(filter: object): Promise<readonly Shown[]> {
		const query = new URLSearchParams({ ...filter, sort: 'state', limit: '2' })
		const shown: Shown[] = []
		for (;;) {
			const { body } = await ann.browser.call('GET', `${base}?${query}`)
			shown.push(...body.connectors)
			if (body.nextCursor === null) {
				expect(body.total).toBe(shown.length)
				return shown
			}
			query.set('cursor', body.nextCursor)
		}
	}

	it.each(filters)('means the same to the list, to many at once and to the download: %j', async (filter) => {
		const shown = await listed(filter)
		const events = await ann.browser.call('POST', `${base}/bulk`, { action: 'untag', tag: 'none', matching: filter })
		expect(idsOf(events)).toEqual(shown.map(({ id }) => id).toSorted())
		const file = await ann.browser.call('GET', `${base}/export?${new URLSearchParams(filter)}`)
		expect(namesOf(file)).toEqual(shown.map(({ name }) => name).toSorted())
	})

	it('finds as checking what is shown so, and nothing that is paused', async () => {
		const names = async (filter: object) => (await listed(filter)).map(({ name }) => name).toSorted()
		expect(await names({ state: 'checking' })).toEqual(['checking', 'healthy, looked at', 'unreachable, looked at'])
		expect(await names({ state: 'paused' })).toEqual(['paused', 'paused, looked at'])
		// What is looked at again keeps what was found last, so that a sweep takes nothing out of a list.
		expect(await names({ state: 'healthy' })).toEqual(['healthy', 'healthy, looked at'])
		for (const { state } of await listed({ state: 'checking' })) expect(state).toBe('checking')
	})
})

type Shown = { readonly id: string; readonly name: string; readonly state: string }

function idsOf({ text }: Answer): string[] {
	const items = text.split('\n\n').filter((event) => event.includes('"kind":"item"'))
	return items.map((event): string => JSON.parse(event.slice('data: '.length)).id).toSorted()
}

function namesOf({ text }: Answer): string[] {
	const [, ...lines] = text.trimEnd().split('\r\n')
	return lines
		.map((line) => /^"([^"]*)"|^[^,]*/.exec(line))
		.map((match) => match?.[1] ?? match?.[0] ?? '')
		.toSorted()
}
