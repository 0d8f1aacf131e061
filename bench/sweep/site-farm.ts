// Ten thousand sites in one process, started by bench/sweep.ts: what a host is called says how it behaves. It stands for the
// internet, so it goes behind everybody on this machine.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { setPriority } from 'node:os'
import type { Server } from 'node:net'
import { account } from './account.ts'

setPriority(19)
const [port = '', certificate = '', key = ''] = process.argv.slice(2)
let requests = 0

const listener: RequestListener = (request, response) => {
	const host = request.headers.host ?? ''
	if (request.url === '/count') return void response.end(String(requests))
	requests += 1
	const number = Number(/^[a-z]+(\d+)\./.exec(host)?.[1] ?? 0)
	if (host.startsWith('silent')) return // it took the request, and that is all
	if (host.startsWith('hostile')) return beHostile(number, request, response)
	const waitMs = host.startsWith('steady') ? 100 : 50 + ((number * 7_919 + requests * 104_729) % 750)
	setTimeout(() => answer(request, response), waitMs)
}

function answer(request: IncomingMessage, response: ServerResponse): void {
	const { host = '', authorization } = request.headers
	const url = `${certificate === '' ? 'http' : 'https'}://${host}`
	const { pathname } = new URL(request.url ?? '/', url)
	const isTaken = authorization !== undefined && !host.startsWith('refusing')
	const json = (status: number, value: unknown) => {
		const text = JSON.stringify(value)
		response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
		response.end(text)
	}
	if (pathname === '/') {
		response.writeHead(200, { 'content-type': 'text/html', link: `<${url}/wp-json/>; rel="https://api.w.org/"` })
		return void response.end('<!doctype html><title>Swept</title>')
	}
	if (pathname === '/wp-json/') return json(200, index(url))
	if (pathname.endsWith('/users/me'))
		return isTaken
			? json(200, account)
			: json(401, { code: 'rest_not_logged_in', message: 'No.', data: { status: 401 } })
	if (pathname.endsWith('/introspect')) return json(200, introspection)
	if (pathname === '/wp-json/wp/v2/types' || pathname === '/wp-json/wp/v2/taxonomies') return json(200, {})
	json(404, { code: 'rest_no_route', message: 'No.', data: { status: 404 } })
}

const introspection = { uuid: '0b1b5a3e-5a3e-4b1b-8a3e-0b1b5a3e5a3e', app_id: '', name: 'Bench' }

function index(url: string): object {
	const authorization = `${url}/wp-admin/authorize-application.php`
	return {
		name: 'Swept',
		description: '',
		url,
		home: url,
		gmt_offset: 0,
		namespaces: ['oembed/1.0', 'wp/v2'],
		authentication: { 'application-passwords': { endpoints: { authorization } } },
		routes: {},
	}
}

const noise = Buffer.alloc(64 * 1024, '<')

function beHostile(number: number, request: IncomingMessage, response: ServerResponse): void {
	const ways = [dripFeed, flood, redirectForEver, breakOff]
	ways[number % ways.length]?.(request, response)
}

function dripFeed(_: IncomingMessage, response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'application/json' })
	const drip = setInterval(() => response.write(' '), 1_000)
	response.on('close', () => clearInterval(drip))
}

function flood({ socket }: IncomingMessage, response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'text/html' })
	let left = 1_600
	const pour = () => {
		while (left > 0 && !socket.destroyed && response.write(noise)) left -= 1
	}
	response.on('drain', pour)
	pour()
}

function redirectForEver({ url = '/' }: IncomingMessage, response: ServerResponse): void {
	response.writeHead(302, { location: `/${url.length}/${Math.random()}` }).end()
}

function breakOff(request: IncomingMessage): void {
	request.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"name"')
	request.socket.destroy()
}

const make = (): Server =>
	certificate === ''
		? createServer({ keepAliveTimeout: 10_000 }, listener)
		: createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key), keepAliveTimeout: 10_000 }, listener)

await Promise.all(
	['127.0.0.1', '::1'].map(
		(address) =>
			new Promise<void>((resolve) => make().listen({ host: address, port: Number(port), backlog: 4_096 }, resolve)),
	),
)
process.stdout.write('ready\n')
