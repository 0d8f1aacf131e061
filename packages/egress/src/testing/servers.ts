import type { AddressInfo, Server as NetServer, Socket } from 'node:net'
import { createServer } from 'node:net'
import { onTestFinished } from 'vitest'
import { createEgress, type Egress, type EgressOptions } from '../create-egress.ts'

/** Listens on a free port of 127.0.0.1, or of every address, until the test ends. */
export async function listen(server: NetServer, host = '127.0.0.1'): Promise<number> {
	const sockets = new Set<Socket>()
	server.on('connection', (socket: Socket) => {
		sockets.add(socket)
		socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
	})
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(0, host, resolve)
	})
	onTestFinished(async () => {
		for (const socket of sockets) socket.destroy()
		await new Promise((resolve) => server.close(resolve))
	})
	// A TCP server's address is never a path.
	return (server.address() as AddressInfo).port
}

/** A server that speaks bytes. `answer` gets the socket once a whole request header is there. */
export function createRawServer(answer: (socket: Socket) => void): NetServer {
	return createServer((socket) => {
		let seen = ''
		socket.on('data', (chunk) => {
			seen += chunk.toString('latin1')
			if (!seen.includes('\r\n\r\n')) return
			seen = ''
			answer(socket)
		})
	})
}

/** An egress that is closed when the test ends. */
export function makeEgress(options: Partial<EgressOptions> = {}): Egress {
	const egress = createEgress({ allow: [], userAgent: 'Postern test', blockedAnswerMs: 0, ...options })
	onTestFinished(() => egress.close())
	return egress
}
