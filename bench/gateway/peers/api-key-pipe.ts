// The bare pipe behind another library's check of an API key: the least that a gateway on it would cost.
import { createServer } from 'node:http'
import { Pool } from 'undici'
import { betterAuthCheck } from '../../app-passwords/better-auth.ts'
import { Pipe } from './pipe.ts'
import { listening, site } from './site.ts'

const pool = new Pool(site.origin, { connections: 32, pipelining: 1 })
const check = await betterAuthCheck()
const headers = { accept: 'application/json', authorization: site.authorization }
listening(
	createServer((request, response) => {
		check().then(
			() => void pool.dispatch({ method: 'GET', path: request.url ?? '/', headers }, new Pipe(response)),
			() => response.destroy(),
		)
	}),
)
