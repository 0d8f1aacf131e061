// The bare `node:http` server that others are compared with. Prints its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = JSON.stringify({ hello: 'world' })
const server = createServer((_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
})
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo // a TCP server has one once it listens
	process.stdout.write(`${port}\n`)
})
