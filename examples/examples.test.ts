import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const children: ChildProcess[] = []
afterEach(() => {
	for (const child of children.splice(0)) child.kill()
})

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	server.close()
	await once(server, 'close')
	return port
}

/** Starts an example as its README says, and reads the command it prints. */
async function start(name: string): Promise<{ url: string; Authorization: string }> {
	const port = await freePort()
	const file = path.join(import.meta.dirname, name, 'server.ts')
	const child = spawn(process.execPath, [file], { env: { ...process.env, PORT: String(port) } })
	children.push(child)
	let said = ''
	child.stderr.on('data', (chunk) => (said += String(chunk)))
	for await (const chunk of child.stdout) {
		said += String(chunk)
		const [, user, url] = /curl --user "([^"]+)" (http:\/\/[^/]+)/.exec(said) ?? []
		if (user !== undefined && url !== undefined) return { url, Authorization: `Basic ${btoa(user)}` }
	}
	throw new Error(said)
}

describe.each(['node-http', 'hono', 'express', 'fastify'])('the example for %s', (name) => {
	it('issues a password, takes it on the routes of WordPress and its own, and refuses it once it is revoked', async () => {
		const { url, Authorization } = await start(name)
		const ask = (route: string, init: RequestInit = {}) => fetch(`${url}${route}`, init)
		const signed = { headers: { Authorization } }

		expect(await (await ask('/wp-json/')).json()).toMatchObject({
			authentication: { 'application-passwords': { endpoints: {} } },
		})
		expect(await (await ask('/wp-json/wp/v2/users/me', signed)).json()).toMatchObject({ id: 1, name: 'Ada' })
		expect((await ask('/wp-json/wp/v2/users/me')).status).toBe(401)
		const hello = await ask('/hello', signed)
		expect([hello.status, await hello.text()]).toEqual([200, 'Hello Ada!'])
		expect((await ask('/hello')).status).toBe(401)

		const own = '/wp-json/wp/v2/users/me/application-passwords'
		const used = (await (await ask(`${own}/introspect`, signed)).json()) as { uuid: string; last_ip: string }
		expect(used.last_ip).toBe('127.0.0.1')
		const created = await ask(own, {
			method: 'POST',
			headers: { Authorization, 'Content-Type': 'application/json' },
			body: '{"name":"x"}',
		})
		expect([created.status, ((await created.json()) as { code: string }).code]).toEqual([
			403,
			'rest_cannot_create_application_passwords',
		])
		const fault = await ask('/xmlrpc.php', { method: 'POST', body: 'x' })
		expect(await fault.text()).toContain('-32700')

		expect((await ask(`${own}/${used.uuid}`, { ...signed, method: 'DELETE' })).status).toBe(200)
		expect((await ask('/hello', signed)).status).toBe(401)
		expect((await ask('/wp-json/', signed)).status).toBe(401)
	}, 30_000)
})

it('stands in the README of the package as it runs', () => {
	const read = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8').trim()
	const readme = read('../packages/app-passwords/README.md')
	for (const file of ['accounts.ts', 'node-http/server.ts', 'hono/server.ts', 'express/server.ts', 'fastify/server.ts'])
		expect(readme).toContain(`\`\`\`ts\n${read(file)}\n\`\`\``)
})
