// @fastify/reply-from, what fastify's own proxy stands on.
import fastify from 'fastify'
import { fetched, site } from './site.ts'

type Reply = { from(path: string, options: object): Reply }

const plugin = (await fetched('@fastify/reply-from/index.js')) as unknown as {
	default: Parameters<typeof app.register>[0]
} // it brings no types this way
const app = fastify()
await app.register(plugin.default, { base: site.origin, undici: { connections: 32, pipelining: 1 } })
const { authorization } = site
app.all('/*', (request, reply) => {
	const rewriteRequestHeaders = (_request: unknown, headers: object) => ({ ...headers, authorization })
	return (reply as unknown as Reply).from(request.url, { rewriteRequestHeaders }) // what the plugin adds
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${new URL(address).port}\n`)
