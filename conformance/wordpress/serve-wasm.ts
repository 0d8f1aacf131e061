/**
 * Runs as a process of its own: WordPress on PHP as WebAssembly, and in front of it what router.php is to PHP's own server.
 */
import { appendFileSync, existsSync } from 'node:fs'
import { createServer, request as askInner, type IncomingMessage, type ServerResponse } from 'node:http'
import { Server, type ListenOptions } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type WasmOrder = {
	/** Playground's command line program. */
	readonly cli: string
	readonly wordpress: string
	readonly requestLog: string
	readonly base: string
	readonly isPretty: boolean
	readonly port: number
	readonly innerPort: number
}

const WORKERS = 4

if (import.meta.main) await serve(JSON.parse(process.argv[2] ?? ''))

async function serve(order: WasmOrder): Promise<void> {
	createServer((request, response) => answer(order, request, response)).listen(order.port, '127.0.0.1')
	listenOnLoopbackOnly()
	const site = `http://127.0.0.1:${order.port}${order.base}`
	process.argv.splice(1, process.argv.length, order.cli, 'server', ...playgroundOptions(order, site))
	await import(pathToFileURL(order.cli).href)
}

function playgroundOptions(order: WasmOrder, site: string): readonly string[] {
	return [
		`--port=${order.innerPort}`,
		`--site-url=${site}`,
		'--php=8.2',
		`--workers=${WORKERS}`,
		'--mount-dir-before-install',
		order.wordpress,
		'/wordpress',
		'--wordpress-install-mode=do-not-attempt-installing',
		'--skip-sqlite-setup', // our tree brings the driver
	]
}

/** Playground listens on every interface and has no option against it. */
function listenOnLoopbackOnly(): void {
	const listen = Server.prototype.listen
	Server.prototype.listen = function (this: Server, port: unknown, ...rest: unknown[]) {
		const ready = rest.find((value): value is () => void => typeof value === 'function')
		const options: ListenOptions = { port: Number(port), host: '127.0.0.1' }
		return listen.call(this, options, ready)
	}
}

function answer(order: WasmOrder, request: IncomingMessage, response: ServerResponse): void {
	if (request.headers['x-postern-run'] === undefined) record(order, request)
	const path = readPath(request.url ?? '/')
	const isOutside = order.base !== '' && path !== order.base && !path.startsWith(`${order.base}/`)
	if (isOutside) return refuse(response, 'text/plain', 'There is nothing here.\n')
	// Playground has WordPress's rewrite rules built in; with plain permalinks a web server has none.
	const isMissing = !order.isPretty && !existsSync(join(order.wordpress, path.slice(order.base.length)))
	if (isMissing) return refuse(response, 'text/html; charset=utf-8', '<!doctype html><title>404 Not Found</title>\n')
	pass(order, request, response)
}

/** A path that is no valid encoding is left as it is: it names no file. */
function readPath(target: string): string {
	const path = target.replace(/[?#].*$/s, '')
	try {
		return decodeURIComponent(path)
	} catch {
		return path
	}
}

function record(order: WasmOrder, request: IncomingMessage): void {
	const { method, url: path, headers } = request
	const line = JSON.stringify({ method, path, hasAuthorization: headers.authorization !== undefined })
	appendFileSync(order.requestLog, `${line}\n`)
}

function refuse(response: ServerResponse, type: string, text: string): void {
	response.writeHead(404, { 'Content-Type': type }).end(text)
}

function pass(order: WasmOrder, request: IncomingMessage, response: ServerResponse): void {
	const { method, url: path, headers } = request
	const inner = askInner({ host: '127.0.0.1', port: order.innerPort, method, path, headers }, (from) => {
		response.writeHead(from.statusCode ?? 502, from.rawHeaders)
		from.pipe(response)
	})
	inner.on('error', () => response.writeHead(502).end())
	request.pipe(inner)
}
