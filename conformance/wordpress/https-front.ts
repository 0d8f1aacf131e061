import { once } from 'node:events'
import { request as askInner, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { phpValue } from './launch-site.ts'
import type { WordPressSite } from './start-wordpress.ts'

/** A login that the front asks for, as staging sites have it; paths that `exempt` matches need none. */
export type FrontLogin = { readonly username: string; readonly password: string; readonly exempt: RegExp }
type FrontOptions = { readonly scheme?: 'https' | 'http'; readonly login?: FrontLogin }

export type HttpsFront = { readonly url: string; stop(): Promise<void> }

/** Ends HTTPS in front of a site, as a host's proxy does, and makes `scheme` what the site takes itself for. */
export async function putHttpsInFront(
	site: WordPressSite,
	certificate: { readonly key: string; readonly cert: string },
	{ scheme = 'https', login }: FrontOptions = {},
): Promise<HttpsFront> {
	const server = createServer(certificate, (request, response) => {
		if (isLetIn(request, login)) return pass(site.port, request, response)
		response.writeHead(401, { 'www-authenticate': 'Basic realm="Staging"', 'content-type': 'text/html' })
		response.end('<html><head><title>401 Authorization Required</title></head></html>')
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	const address = server.address()
	if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
	const host = `127.0.0.1:${address.port}${new URL(site.url).pathname.replace(/\/$/, '')}`
	const own = phpValue(`${scheme}://${host}`)
	await site.runPhp(`update_option( 'home', ${own} ); update_option( 'siteurl', ${own} ); return true;`)
	const stop = async (): Promise<void> => {
		server.closeAllConnections()
		server.close()
		await once(server, 'close')
	}
	return { url: `https://${host}`, stop }
}

function isLetIn({ url = '', headers }: IncomingMessage, login: FrontLogin | undefined): boolean {
	if (login === undefined || login.exempt.test(url)) return true
	const pair = Buffer.from(`${login.username}:${login.password}`).toString('base64')
	return headers.authorization === `Basic ${pair}`
}

function pass(port: number, request: IncomingMessage, response: ServerResponse): void {
	const { method, url: path } = request
	const headers = { ...request.headers, 'x-forwarded-proto': 'https' }
	const inner = askInner({ host: '127.0.0.1', port, method, path, headers }, (from) => {
		response.writeHead(from.statusCode ?? 502, from.rawHeaders)
		from.pipe(response)
	})
	inner.on('error', () => response.writeHead(502).end())
	request.pipe(inner)
}
