// http-proxy-3, the maintained successor of http-proxy, with connections kept alive.
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { fetched, listening, site } from './site.ts'

/** As much of it as is used here. */
type Library = {
	createProxyServer(options: object): { web(request: IncomingMessage, response: ServerResponse): void }
}

const { createProxyServer } = (await fetched('http-proxy-3/dist/lib/index.js')) as unknown as Library // it brings no types this way
const { authorization } = site
const agent = new Agent({ keepAlive: true, maxSockets: 32 })
const proxy = createProxyServer({ target: site.origin, agent, headers: { authorization } })
listening(createServer((request, response) => proxy.web(request, response)))
