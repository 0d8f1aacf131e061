import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import inputs from './bad-inputs/http-wire.json' with { type: 'json' }
import { startGateway, type TestGateway } from './gateway.testing.ts'

/** What only this file can make of a description. */
const made: Readonly<Record<string, (text: string) => string>> = {
	'WIR-016': (text) => text.replace('(20,000 a)', 'a'.repeat(20_000)),
	'WIR-017': (text) => text.replace('Host:', 'Content-Type: application/json\r\nHost:'),
}

/** A sketch in brackets: below. */
const elsewhere = new Set(['WIR-025'])

/** What is asked of the page behind our own origin is asked of the site here: the wire is the same. */
function placed(text: string, { slug }: TestGateway, authorization: string): string {
	return text
		.replace('/sites/a/', `/sites/${slug}/`)
		.replace(/^(GET) \/ /, `$1 /sites/${slug}/wp-json/wp/v2/posts `)
		.replace('Host: x', `Host: localhost:4600\r\nAuthorization: ${authorization}`)
}

describe('T42 T43 T44 T45 what arrives on the wire', () => {
	it.each(inputs.filter(({ id }) => !elsewhere.has(id)).map((one) => [one.id, one.label, one] as const))(
		'%s %s',
		async (id, _label, { input, expect: expected }) => {
			const gateway = await startGateway()
			const { authorization } = await gateway.grant(['posts:write'])
			const sent = (made[id] ?? String)(placed(input, gateway, authorization))
			const answer = await gateway.raw(sent, 700)
			const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
			if (expected.outcome === 'accept') {
				expect(status).toBeLessThan(300)
				expect(gateway.site.seen).toHaveLength(1)
				expect(JSON.stringify(gateway.site.seen)).not.toContain('zzz')
				return
			}
			expect(status).toBe(expected.http)
			if (expected.detail?.includes('connection closed')) expect(answer).toMatch(/\r\nconnection: close\r\n/i)
			expect(gateway.site.seen).toEqual([])
		},
	)

	it('WIR-025 T47 ends two hundred headers that drip, and keeps nobody waiting for them', async () => {
		const { server, ask, grant, slug } = await startGateway()
		const as = await grant(['posts:read'])
		const begunAt = performance.now()
		const slow = Array.from({ length: 200 }, () =>
			dripHeader(server.port, `GET /sites/${slug}/wp-json/ HTTP/1.1\r\nHost: l`),
		)
		const waits: number[] = []
		for (let times = 0; times < 50; times += 1) {
			const askedAt = performance.now()
			expect((await ask({ path: 'wp-json/wp/v2/posts', as })).status).toBe(200)
			waits.push(performance.now() - askedAt)
		}
		expect(waits.toSorted((a, b) => a - b).at(-2)).toBeLessThan(500)
		for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
		expect(performance.now() - begunAt).toBeLessThan(15_000)
	})

	it('GWR-029 T33 knows no verb in lower case', async () => {
		const { raw, slug, site, grant } = await startGateway()
		const { authorization } = await grant(['posts:read'])
		const lines = `Host: localhost:4600\r\nAuthorization: ${authorization}\r\n\r\n`
		expect(await raw(`get /sites/${slug}/wp-json/wp/v2/posts HTTP/1.1\r\n${lines}`)).toMatch(/^HTTP\/1\.1 400 /)
		expect(site.seen).toEqual([])
	})

	it('GWR-027 T33 ends an upgrade and a tunnel without a word, and refuses TRACE', async () => {
		const { raw, slug, site, ask, grant } = await startGateway()
		const lines = `Host: localhost:4600\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
		expect(await raw(`GET /sites/${slug}/wp-json/ HTTP/1.1\r\n${lines}`)).toBe('')
		expect(await raw(`CONNECT evil:443 HTTP/1.1\r\nHost: localhost:4600\r\n\r\n`)).toBe('')
		const told = await ask({ method: 'TRACE', path: 'wp-json/', as: await grant(['site:everything']) })
		expect(told).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' } })
		expect(site.seen).toEqual([])
	})

	it('T45 refuses more than 100 headers, and more than 16 KiB of them', async () => {
		const { ask, grant, site } = await startGateway()
		const as = await grant(['posts:read'])
		const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`x-${at}`, '1']))
		expect((await ask({ path: 'wp-json/wp/v2/posts', as, headers: many })).status).toBe(431)
		const long = await ask({ path: 'wp-json/wp/v2/posts', as, headers: { 'x-long': 'a'.repeat(17_000) } })
		expect(long.status).toBe(431)
		expect(site.seen).toEqual([])
	})

	it('T44 refuses two Authorization headers: nobody chooses between them', async () => {
		const { ask, grant, site } = await startGateway()
		const { authorization } = await grant(['posts:read'])
		const told = await ask({ path: 'wp-json/wp/v2/posts', headers: { authorization: [authorization, authorization] } })
		expect(told).toMatchObject({ status: 400, json: { data: { problem: 'request/malformed' } } })
		expect(site.seen).toEqual([])
	})
})

/** Sends the beginning of a header, and a letter of it every few seconds; gives what comes back until the connection is closed. */
function dripHeader(port: number, beginning: string): Promise<string> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1')
		let answer = ''
		const dripping = setInterval(() => socket.write('l'), 3_000)
		socket.on('data', (chunk) => (answer += chunk.toString('latin1'))).on('error', () => undefined)
		socket.on('close', () => {
			clearInterval(dripping)
			resolve(answer)
		})
		socket.write(beginning)
	})
}
