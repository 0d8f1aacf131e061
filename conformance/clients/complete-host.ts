import { once } from 'node:events'
import { createServer, request as askInner } from 'node:http'

export type Front = { readonly url: string; stop(): Promise<void> }

/**
 * A front that completes `Host`. The client `wordpress` leaves the port out of it, which is right only where the port is the
 * usual one of its scheme; a test's never is, and Postern answers to its own name only.
 */
export async function completeHost(url: string): Promise<Front> {
	const { host, hostname, port } = new URL(url)
	const front = createServer((request, response) => {
		const { method, url: path, headers } = request
		const inner = askInner({ hostname, port, method, path, headers: { ...headers, host } }, (from) => {
			response.writeHead(from.statusCode ?? 502, from.rawHeaders)
			from.pipe(response)
		})
		inner.on('error', () => response.writeHead(502).end())
		request.pipe(inner)
	})
	front.listen(0, '127.0.0.1')
	await once(front, 'listening')
	const address = front.address()
	if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
	const stop = async (): Promise<void> => {
		front.closeAllConnections()
		front.close()
		await once(front, 'close')
	}
	return { url: `http://127.0.0.1:${address.port}`, stop }
}
