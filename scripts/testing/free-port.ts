import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below what Linux, macOS and Windows hand out by themselves: between our look and the moment somebody listens on it, no
 * connection of another test can be given it.
 */
const range = [20_000, 32_000] as const

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(...range)
		if (await isFree(port)) return port
	}
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, '127.0.0.1')
	try {
		await once(server, 'listening')
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
			return false
		throw error
	}
	server.close()
	await once(server, 'close')
	return true
}
