import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { certificates, type ServerCertificate } from '@postern/egress/testing/certificates'
import { onTestFinished } from 'vitest'

/** One request, as a site saw it. */
export type Visit = {
	readonly isTls: boolean
	readonly host: string
	readonly method: string
	readonly url: string
	readonly headers: IncomingMessage['headers']
	readonly body: string
}

export type Page = {
	readonly status: number
	readonly headers?: Readonly<Record<string, string>>
	readonly body: string | Buffer
}

/** What lives at an address: a page, or a function that answers on the socket itself. */
export type Animal = (visit: Visit) => Page | ((response: ServerResponse) => void)

export type Enclosure = {
	readonly visits: Visit[]
	readonly httpPort: number
	readonly httpsPort: number
}

/** Puts one animal behind a plain and a TLS port of 127.0.0.1, under every host name, until the test ends. */
export async function enclose(animal: Animal, certificate: ServerCertificate = certificates.good): Promise<Enclosure> {
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
	const [httpPort, httpsPort] = await Promise.all([
		listen(createServer(listener(false))),
		listen(createTlsServer(certificate, listener(true))),
	])
	return { visits, httpPort, httpsPort }
}

/** Listens on a free port until the test ends. */
export async function listen(server: Server): Promise<number> {
	const sockets = new Set<Socket>()
	server.on('connection', (socket: Socket) => {
		sockets.add(socket)
		socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
	})
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject)
		server.listen(0, '127.0.0.1', resolve)
	})
	onTestFinished(async () => {
		for (const socket of sockets) socket.destroy()
		await new Promise((resolve) => server.close(resolve))
	})
	// The address of a TCP server is never a path.
	return (server.address() as AddressInfo).port
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

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Page => ({
	status,
	headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
	body: JSON.stringify(value),
})

export const html = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Page => ({
	status,
	headers,
	body: `<!DOCTYPE html><html><head>${body}</html>`,
})

export const redirect = (location: string, status = 301): Page => ({ status, headers: { location }, body: '' })
