import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
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
