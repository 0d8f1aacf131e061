import { describe, expect, it } from 'vitest'
import { createClient, hrefOf } from './client.ts'
import { contract } from './contract.ts'

const body = { type: 'wordpress-app', address: 'a', username: 'u', applicationPassword: 'p' }
const rung = { kind: 'rung', rung: 'address', state: 'running' }

/** A stream of these chunks, that tells whether its reader went on to the end, or said that it leaves. */
function streaming(chunks: readonly string[], end: 'closes' | 'breaks' | 'stays' = 'closes') {
	const seen = { isCancelled: false }
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
			if (end === 'closes') controller.close()
		},
		pull(controller) {
			if (end === 'breaks') controller.error(new TypeError('terminated'))
		},
		cancel() {
			seen.isCancelled = true
		},
	})
	const client = createClient({ fetch: async () => new Response(stream) })
	const watch = (onEvent: (event: unknown) => void) =>
		client.stream(contract.verifySite, { workspaceId: 'ws', body }, onEvent)
	return { watch, seen }
}

describe('a stream of events', () => {
	it('is read however its bytes are cut, without comments', async () => {
		const text = `: still here\n\ndata: ${JSON.stringify(rung)}\n\ndata: ${JSON.stringify({ ...rung, state: 'passed' })}\n\n`
		const { watch } = streaming([...text])
		const events: unknown[] = []
		expect(await watch((event) => events.push(event))).toEqual({ ok: true, value: undefined })
		expect(events).toEqual([rung, { ...rung, state: 'passed' }])
	})

	it('that breaks is a problem of the connection', async () => {
		const { watch } = streaming([`data: ${JSON.stringify(rung)}\n\n`], 'breaks')
		expect(await watch(() => undefined)).toMatchObject({ problem: { code: 'postern/unreachable' } })
	})

	it.each(['data: {"kind":"other"}\n\n', 'data: {\n\n'])(
		'with something else in it is our bug, and the rest is not waited for: %j',
		async (chunk) => {
			const { watch, seen } = streaming([chunk], 'stays')
			expect(await watch(() => undefined)).toMatchObject({ problem: { code: 'internal/bug' } })
			expect(seen.isCancelled).toBe(true)
		},
	)

	it('hides no mistake of whoever watches, and ends with it', async () => {
		const { watch, seen } = streaming([`data: ${JSON.stringify(rung)}\n\n`], 'stays')
		await expect(
			watch(() => {
				throw new RangeError('a mistake')
			}),
		).rejects.toThrow('a mistake')
		expect(seen.isCancelled).toBe(true)
	})
})

describe('a call', () => {
	const call = (answer: Response | TypeError) =>
		createClient({
			fetch: async () => {
				if (answer instanceof Response) return answer
				throw answer
			},
		}).call(contract.getStatus, {})

	it.each([
		[new TypeError('fetch failed'), 'postern/unreachable'],
		[new Response('<h1>Bad Gateway</h1>', { status: 502 }), 'postern/unreachable'],
		[new Response('{"version": 1}'), 'internal/bug'],
		[new Response('<html>'), 'internal/bug'],
	] as const)('never throws for what a server or a network does (%#)', async (answer, code) => {
		expect(await call(answer)).toMatchObject({ ok: false, problem: { code } })
	})
})

it('writes path parameters and queries so that they stay what they are', async () => {
	const asked: string[] = []
	const client = createClient({
		baseUrl: 'https://postern.example',
		fetch: async (address) => {
			asked.push(new Request(address).url)
			return new Response(null, { status: 204 })
		},
	})
	await client.call(contract.deleteConnector, { workspaceId: '../me', connectorId: 'a/b?c', query: {} })
	await client.call(contract.listConnectors, { workspaceId: 'ws', query: { search: 'a&b', cursor: '' } })
	expect(asked).toEqual([
		'https://postern.example/api/v1/workspaces/..%2Fme/connectors/a%2Fb%3Fc',
		'https://postern.example/api/v1/workspaces/ws/connectors?search=a%26b',
	])
})

it('gives the address of a download, which a browser opens by itself', () => {
	const query = { format: 'csv', connector: 'a&b', password: '' } as const
	expect(hrefOf(contract.exportActivity, { workspaceId: 'ws', query })).toBe(
		'/api/v1/workspaces/ws/activity/export?format=csv&connector=a%26b',
	)
})
