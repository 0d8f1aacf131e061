import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { downloadResponse } from './file-download.ts'

async function start(chunks: () => AsyncGenerator<string, void>) {
	const reported: unknown[] = []
	const download = { contentType: 'text/csv', filename: 'a-1.csv', chunks: chunks() }
	return { response: await downloadResponse(download, (thrown) => reported.push(thrown)), reported }
}

describe('a download', () => {
	it('is a file to be saved, whatever a browser thinks it can show', async () => {
		const { response } = await start(async function* () {
			yield 'a,'
			yield 'ü'
		})
		expect(response.headers.get('content-disposition')).toBe('attachment; filename="a-1.csv"')
		expect(await response.text()).toBe('a,ü')
	})

	it('is none where it cannot even begin', async () => {
		const started = start(async function* () {
			yield await Promise.reject(new RangeError('gone'))
		})
		await expect(started).rejects.toThrow('gone')
	})

	it('breaks off where it cannot go on, and is reported: half a file is not the whole', async () => {
		const { response, reported } = await start(async function* () {
			yield 'a'
			throw new RangeError('gone')
		})
		await expect(response.text()).rejects.toThrow('broken off')
		expect(reported).toEqual([new RangeError('gone')])
	})

	it('is never taken for the whole on the wire, nor tells why it broke off', async () => {
		const { response } = await start(async function* () {
			yield 'a,b\r\n'
			throw new RangeError('gone')
		})
		const answer = getRequestListener(() => response, { overrideGlobalObjects: false })
		const server = createServer((asked, answering) => void answer(asked, answering))
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
		onTestFinished(() => void server.close())
		const { port } = server.address() as AddressInfo // it listens
		const told = await fetch(`http://127.0.0.1:${port}/`).then(
			async (got) => (got.ok ? `whole: ${await got.text()}` : await got.text()),
			() => 'nothing',
		)
		expect(told).not.toMatch(/whole|gone/)
	})

	it('is made as fast as it is taken, and no further when its reader leaves', async () => {
		let made = 0
		let isEnded = false
		const { response } = await start(async function* () {
			try {
				for (;;) {
					made += 1
					yield 'x'.repeat(1000)
				}
			} finally {
				isEnded = true
			}
		})
		const reader = response.body?.getReader()
		await reader?.read()
		await new Promise((resolve) => setImmediate(resolve))
		expect(made).toBeLessThan(5)
		await reader?.cancel()
		expect(isEnded).toBe(true)
	})
})
