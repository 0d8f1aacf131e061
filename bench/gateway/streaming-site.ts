// A site that can be connected, gives 2 GiB to whoever asks for them, and takes as much. Prints its port; `/counts` tells what it did.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

const size = 2 * 1024 ** 3
const block = Buffer.alloc(64 * 1024, 'Postern. ')
const counts = { sent: 0, received: 0, sockets: 0 }

const server = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '/', url())
	const isKnown = request.headers.authorization !== undefined
	if (pathname === '/counts') return json(response, counts)
	if (pathname === '/wp-json/') return json(response, index())
	if (pathname === '/wp-json/wp/v2/users/me')
		return isKnown
			? json(response, me)
			: json(response, { code: 'rest_not_logged_in', message: 'No.', data: { status: 401 } }, 401)
	if (pathname.endsWith('/introspect'))
		return json(response, { uuid: '0b1b5a3e-5a3e-4b1b-8a3e-0b1b5a3e5a3e', app_id: '', name: 'Bench' })
	if (pathname === '/wp-json/wp/v2/media' && request.method === 'POST') return void take(request, response)
	if (pathname.startsWith('/wp-json/wp/v2/media/')) return void give(response)
	if (pathname === '/') {
		response.writeHead(200, { 'content-type': 'text/html', link: `<${url()}/wp-json/>; rel="https://api.w.org/"` })
		return response.end('<!doctype html><title>Bench</title>')
	}
	return json(response, {})
})
server.requestTimeout = 0
server.on('connection', (socket) => {
	counts.sockets += 1
	socket.once('close', () => (counts.sockets -= 1))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${port()}\n`))

async function give(response: ServerResponse): Promise<void> {
	response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size })
	// Whoever asked may leave at any time.
	await pipeline(blocks, response).catch(() => undefined)
}

function* blocks(): Generator<Buffer> {
	for (let left = size; left > 0; left -= block.length) {
		counts.sent += block.length
		yield block
	}
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
	try {
		for await (const chunk of request as AsyncIterable<Buffer>) counts.received += chunk.length
		json(response, { id: 7 }, 201)
	} catch {
		// whoever sent it left
	}
}

const capabilities = { read: true, edit_posts: true, publish_posts: true, upload_files: true, delete_posts: true }
const me = { id: 1, username: 'bench', name: 'Bench', roles: ['author'], capabilities }

function index() {
	const endpoints = { authorization: `${url()}/wp-admin/authorize-application.php` }
	const authentication = { 'application-passwords': { endpoints } }
	return { name: 'Bench', description: '', url: url(), home: url(), namespaces: ['wp/v2'], authentication, routes: {} }
}

function json(response: ServerResponse, value: unknown, status = 200): void {
	const body = JSON.stringify(value)
	response
		.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
		.end(body)
}

function port(): number {
	return (server.address() as AddressInfo).port // a TCP server has one once it listens
}

function url(): string {
	return `http://127.0.0.1:${port()}`
}
