import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { parseAllowRules } from './allow-rules.ts'
import { listen, makeEgress } from './testing/servers.ts'

async function counted() {
	const open = new Set<Socket>()
	let connections = 0
	const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => response.end('here'))
	server.on('connection', (socket: Socket) => {
		connections += 1
		open.add(socket)
		socket.on('close', () => open.delete(socket))
	})
	const port = await listen(server)
	const rules = parseAllowRules(`127.0.0.1:${port}`)
	const egress = makeEgress({ allow: rules.ok ? rules.value : [] })
	const url = new URL(`http://127.0.0.1:${port}/`)
	const request = { url, method: 'GET', timeoutMs: 20_000, maxBytes: 1_000 } as const
	return { egress, request, connections: () => connections, open }
}

it('uses one connection for what follows each other, and keeps none behind its end', async () => {
	const { egress, request, connections, open } = await counted()
	const { ask, leave } = egress.visit()
	for (let times = 0; times < 3; times += 1) expect((await ask(request)).ok).toBe(true)
	expect([connections(), open.size]).toEqual([1, 1])
	leave()
	await expect.poll(() => open.size, { timeout: 500 }).toBe(0) // kept open it would be for four seconds
})

it('shares no connection with another visit, nor with what is asked without one', async () => {
	const { egress, request, connections, open } = await counted()
	const [one, other] = [egress.visit(), egress.visit()]
	await egress.ask(request)
	await one.ask(request)
	await other.ask(request)
	expect(connections()).toBe(3)
	one.leave()
	await expect.poll(() => open.size, { timeout: 500 }).toBe(2)
	expect((await other.ask(request)).ok && (await egress.ask(request)).ok).toBe(true)
	expect(connections()).toBe(3)
	other.leave()
})

it('may go where the operator allows it, and nowhere else', async () => {
	const { egress, request } = await counted()
	const { ask, leave } = egress.visit()
	expect(await ask({ ...request, url: new URL('http://127.0.0.2/') })).toMatchObject({
		ok: false,
		problem: { code: 'address/blocked' },
	})
	leave()
})
