import { createServer } from 'node:http'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { readConfiguration } from '../configuration.ts'
import { listen } from './listen.ts'
import type { HttpEnvironment } from './request-context.ts'

test('says which port is taken', async () => {
	const other = createServer().listen(0, '127.0.0.1')
	onTestFinished(() => void other.close())
	await once(other, 'listening')
	const { port } = other.address() as AddressInfo // a TCP server has one
	const configuration = readConfiguration({ PORT: String(port) }, '/')
	if (!configuration.ok) throw new Error(configuration.problem.code)
	const listening = await listen(new Hono<HttpEnvironment>(), configuration.value)
	expect(listening).toMatchObject({ ok: false, problem: { code: 'start/port-in-use', params: { port } } })
})

// Without that, whoever sends nothing is sent away after ten seconds.
test(
	'stops at once for whoever only keeps a connection open, after what is being answered',
	{ timeout: 9_000 },
	async () => {
		const arrived = Promise.withResolvers<void>()
		const finished = Promise.withResolvers<void>()
		const http = new Hono<HttpEnvironment>().get('/', (request) => {
			arrived.resolve()
			return finished.promise.then(() => request.text('whole'))
		})
		const configuration = readConfiguration({ PORT: '1' }, '/')
		if (!configuration.ok) throw new Error(configuration.problem.code)
		const listening = await listen(http, { ...configuration.value, port: 0 })
		if (!listening.ok) throw new Error(listening.problem.code)
		const { port, close } = listening.value
		const idle = connect(port, '127.0.0.1')
		await once(idle, 'connect')
		const asked = fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text())
		await arrived.promise
		const closed = close()
		finished.resolve()
		expect(await asked).toBe('whole')
		await Promise.all([closed, once(idle, 'close')])
	},
)
