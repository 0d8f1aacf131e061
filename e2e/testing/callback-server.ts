import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = {
	readonly method: string
	readonly path: string
	readonly query: URLSearchParams
	readonly referer: string | undefined
}

export type CallbackServer = {
	readonly url: string
	/** Every request for a page, the first one first. */
	readonly received: Received[]
	close(): void
}

/** A program on the person's device that waits for an answer, as RFC 8252 §7.3 has it. */
export async function startCallbackServer(): Promise<CallbackServer> {
	const received: Received[] = []
	const server = createServer(({ method = '', url = '/', headers }, response) => {
		const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
		if (pathname !== '/favicon.ico')
			received.push({ method, path: pathname, query: searchParams, referer: headers.referer })
		response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Back in the application</h1>')
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo // a TCP server has one once it listens
	return { url: `http://127.0.0.1:${port}`, received, close: () => void server.close() }
}
