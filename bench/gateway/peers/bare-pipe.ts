// A pipe of `node:http` and the HTTP client that the gateway has, and not one check: what nobody can do for less in Node.
import { createServer } from 'node:http'
import { Pool } from 'undici'
import { Pipe } from './pipe.ts'
import { listening, site } from './site.ts'

const pool = new Pool(site.origin, { connections: 32, pipelining: 1 })
const headers = { accept: 'application/json', authorization: site.authorization }
listening(
	createServer((request, response) => {
		pool.dispatch({ method: 'GET', path: request.url ?? '/', headers }, new Pipe(response))
	}),
)
