import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { buildConnector, type Pool } from 'undici'
import { createSitePools } from './site-pools.ts'
import { listen } from './testing/servers.ts'

const closings: (() => Promise<void>)[] = []
afterEach(async () => {
	for (const close of closings.splice(0)) await close()
})

async function start() {
	const sockets = new Set<Socket>()
	let answerSlow: () => void = () => undefined
	const server = createServer((request, response) => {
		sockets.add(request.socket)
		if (request.url === '/slow') answerSlow = () => response.end('slow')
		else response.end()
	})
	const origin = `http://127.0.0.1:${await listen(server)}`
	let now = 0
	const pools = createSitePools(
		() => buildConnector({}),
		65_536,
		() => now,
	)
	closings.push(() => pools.close())
	const ask = async (path = '/') => (await pools.get('con_1', origin).request({ path, method: 'GET' })).body.text()
	return { pools, sockets, ask, origin, pass: (ms: number) => (now += ms), answerSlow: () => answerSlow() }
}

it('uses no connection for longer than half a minute, however busy it is', async () => {
	const { ask, sockets, pass } = await start()
	for (let times = 0; times < 30; times += 1) {
		await ask()
		await new Promise(setImmediate) // one that has just answered is not free before
		pass(999)
	}
	expect(sockets.size).toBe(1)
	pass(1_000)
	await ask()
	expect(sockets.size).toBe(2)
})

it('lets what is under way end on its old connection', async () => {
	const { ask, pass, sockets, answerSlow } = await start()
	const slow = ask('/slow')
	await expect.poll(() => sockets.size).toBe(1)
	pass(30_000)
	await ask()
	expect(sockets.size).toBe(2)
	answerSlow()
	expect(await slow).toBe('slow')
})

it('ends what is under way on an old connection when it is closed itself', async () => {
	const { ask, pass, sockets, pools, origin } = await start()
	const slow = ask('/slow').catch(() => 'ended')
	await expect.poll(() => sockets.size).toBe(1)
	pass(30_000)
	const next: Pool = pools.get('con_1', origin)
	await pools.close()
	expect(await slow).toBe('ended')
	expect(next.destroyed).toBe(true)
})
