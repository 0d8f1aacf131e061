// Hono's own helper for proxies, as its documentation shows it.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { proxy } from 'hono/proxy'
import { listening, site } from './site.ts'

const app = new Hono()
app.all('*', (context) => {
	const { authorization } = site
	return proxy(`${site.origin}${context.req.path}`, { headers: { accept: 'application/json', authorization } })
})
const answer = getRequestListener(app.fetch)
listening(createServer((request, response) => void answer(request, response)))
