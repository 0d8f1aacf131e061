import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { certificates, type ServerCertificate } from '@postern/egress/testing/certificates'
import type { Animal, Visit } from './zoo-pages.testing.ts'

export type Enclosure = {
	readonly visits: Visit[]
	readonly httpPort: number
	readonly httpsPort: number
}

export type Open<Thing> = Thing & { readonly close: () => Promise<void> }

export type EnclosureOptions = {
	readonly certificate?: ServerCertificate
	/** An address of this machine. */
	readonly listenOn?: '127.0.0.1' | '::1'
}

/** Puts one animal behind a plain and a TLS port of this machine, under every host name, until it is closed. */
export async function openEnclosure(animal: Animal, options: EnclosureOptions = {}): Promise<Open<Enclosure>> {
	const { certificate = certificates.good, listenOn } = options
	const visits: Visit[] = []
	const listener =
		(isTls: boolean): RequestListener =>
		(request, response) => {
			let body = ''
			request.setEncoding('utf8')
			request.on('data', (chunk: string) => {
				body += chunk
			})
			request.on('end', () => {
				const visit = visitOf(request, { isTls, body })
				visits.push(visit)
				answer(animal(visit), response)
			})
		}
	const [plain, secure] = await Promise.all([
		openServer(createServer(listener(false)), listenOn),
		openServer(createTlsServer(certificate, listener(true)), listenOn),
	])
	const close = async (): Promise<void> => void (await Promise.all([plain.close(), secure.close()]))
	return { visits, httpPort: plain.port, httpsPort: secure.port, close }
}

/** Listens on a free port until it is closed. */
export async function openServer(server: Server, listenOn = '127.0.0.1'): Promise<Open<{ readonly port: number }>> {
	const sockets = new Set<Socket>()
	server.on('connection', (socket: Socket) => {
		sockets.add(socket)
		socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
	})
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject)
		server.listen(0, listenOn, resolve)
	})
	const close = async (): Promise<void> => {
		for (const socket of sockets) socket.destroy()
		await new Promise((resolve) => server.close(resolve))
	}
	// The address of a TCP server is never a path.
	return { port: (server.address() as AddressInfo).port, close }
}

function visitOf(request: IncomingMessage, seen: Pick<Visit, 'isTls' | 'body'>): Visit {
	const { headers, method = '', url = '' } = request
	return { ...seen, headers, method, url, host: (headers.host ?? '').replace(/:\d+$/, '') }
}

function answer(reply: ReturnType<Animal>, response: ServerResponse): void {
	if (typeof reply === 'function') return reply(response)
	response.writeHead(reply.status, { 'content-type': 'text/html; charset=UTF-8', ...reply.headers })
	response.end(reply.body)
}
