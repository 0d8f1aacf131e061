import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { openSocket } from './open-socket.ts'
import { listen } from './testing/servers.ts'

it('drops a connection whose peer is not one of the checked addresses, however it came about', async () => {
	let received = 0
	const port = await listen(createServer((socket) => void socket.on('data', (chunk) => (received += chunk.length))))
	// A host that is itself an address never goes through the pinned look-up.
	const strayed = openSocket({
		host: '127.0.0.1',
		port,
		addresses: [
			{ address: '93.184.216.34', family: 4 },
			{ address: '93.184.216.35', family: 4 },
		],
		secureContext: undefined,
		servername: '',
		pin: undefined,
		signal: new AbortController().signal,
	})
	await expect(strayed).rejects.toMatchObject({ failure: { problem: { code: 'address/blocked' } } })
	expect(received).toBe(0)
})
