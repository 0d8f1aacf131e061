import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly url: string }

export type Receiver = {
	readonly port: number
	readonly url: string
	readonly received: Received[]
	/** What it answers from now on: a status, or a redirect to an address. */
	answer: number | { readonly location: string }
	close(): Promise<void>
}

/** A real server that takes webhooks and remembers them. */
export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = []
	const server = createServer((request, response) => {
		const chunks: Buffer[] = []
		request.on('data', (chunk: Buffer) => chunks.push(chunk))
		request.on('end', () => {
			received.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), url: request.url ?? '' })
			if (typeof receiver.answer === 'number') response.writeHead(receiver.answer).end('thank you')
			else response.writeHead(307, receiver.answer).end()
		})
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo // it listens on a port
	const receiver: Receiver = {
		port,
		url: `http://127.0.0.1:${port}/hooks?from=postern`,
		received,
		answer: 204,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				server.closeAllConnections()
			}),
	}
	return receiver
}
