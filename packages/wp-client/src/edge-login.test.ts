import { Secret, type SiteRequest } from '@postern/vocabulary'
import { formatXmlRpcResponse } from '@postern/wordpress'
import { describe, expect, it } from 'vitest'
import { discover, findXmlRpc, readEdgeLogin, verifySiteCredential } from './index.ts'
import type { DiscoverPorts } from './types.ts'
import { askAnimal } from './zoo/ask-animal.testing.ts'
import { type Animal, redirect } from './zoo/zoo-pages.testing.ts'
import { GROUPED, PASSWORD, USERNAME, wordpress } from './zoo/zoo-wordpress.testing.ts'

const PIN = 'ab'.repeat(32)
const edge = { username: 'staging', password: new Secret('open sesame') }
const EDGE = `Basic ${btoa('staging:open sesame')}`

function behind(animal: Animal) {
	const seen: SiteRequest[] = []
	const { ask } = askAnimal(animal)
	const ports: DiscoverPorts = {
		ask: (request) => {
			seen.push(request)
			return ask(request)
		},
		clock: () => 1_000,
		ownOrigins: [],
		edge,
		pin: PIN,
	}
	const carried = () =>
		seen.map(({ url, headers = {}, pin }) => [url.origin, headers['authorization'] ?? '', pin ?? ''])
	return { ports, seen, carried }
}

const { animal: plainSite } = wordpress()
const stagedSite: Animal = (visit) =>
	visit.headers.authorization === EDGE
		? plainSite(visit)
		: { status: 401, headers: { 'www-authenticate': 'Basic realm="Staging"' }, body: 'no' }

describe('a staging login', () => {
	it('goes along with every request that does not carry the site credential, and the pin with all', async () => {
		const { ports, seen, carried } = behind(plainSite)
		const found = await discover('https://blog.example', ports)
		if (!found.ok) throw new Error(found.diagnosis.code)
		expect(new Set(carried().map(String))).toEqual(new Set([['https://blog.example', EDGE, PIN].join(',')]))
		seen.length = 0
		await verifySiteCredential(found.value, { username: USERNAME, password: GROUPED }, ports)
		const site = `Basic ${btoa(`${USERNAME}:${PASSWORD}`)}`
		expect(new Set(carried().map(([, authorization]) => authorization))).toEqual(new Set([site, EDGE]))
		expect(carried().every(([, , pin]) => pin === PIN)).toBe(true)
	})

	it.each([
		['another host, be it of the same owner', 'https://www.blog.example/'],
		['another port', 'https://blog.example:8443/'],
		['plain http', 'http://blog.example/'],
	])('never goes to %s', async (_where, target) => {
		const { ports, carried } = behind(({ host, headers, isTls, url }) =>
			url === '/' && host === 'blog.example' && isTls && headers.host === 'blog.example'
				? redirect(target)
				: plainSite({ host, headers, isTls, url, method: 'GET', body: '' }),
		)
		await discover('https://blog.example', ports)
		for (const [origin, authorization, pin] of carried())
			expect([origin, authorization, pin]).toEqual(
				origin === 'https://blog.example' ? [origin, EDGE, PIN] : [origin, '', ''],
			)
	})

	it('waits for the typed host to step up to https, and goes along then', async () => {
		const { ports, carried } = behind((visit) => (visit.isTls ? plainSite(visit) : redirect('https://blog.example/')))
		expect(await discover('http://blog.example', ports)).toMatchObject({ ok: true })
		const [first, ...rest] = carried()
		expect(first).toEqual(['http://blog.example', '', ''])
		expect(rest.length).toBeGreaterThan(0)
		expect(rest.every(([origin, authorization]) => origin === 'https://blog.example' && authorization === EDGE)).toBe(
			true,
		)
	})

	it('that is wrong is told from one that is missing, and the login that lets no REST through from both', async () => {
		const { ports } = behind(stagedSite)
		const { edge: _left, ...without } = ports
		const wrong = { ...ports, edge: { ...edge, password: new Secret('open barley') } }
		for (const find of [discover, findXmlRpc]) {
			expect(await find('https://blog.example', without)).toMatchObject({ diagnosis: { code: 'edge/basic-auth' } })
			expect(await find('https://blog.example', wrong)).toMatchObject({
				diagnosis: { code: 'edge/login-refused', params: { realm: 'Staging' } },
			})
		}
		const found = await discover('https://blog.example', ports)
		if (!found.ok) throw new Error(found.diagnosis.code)
		expect(await verifySiteCredential(found.value, { username: USERNAME, password: GROUPED }, ports)).toMatchObject({
			diagnosis: { code: 'edge/basic-auth' },
		})
	})

	it('is taken out of whatever the site says', async () => {
		const echo = `<title>open sesame ${EDGE} open%20sesame</title><meta name="generator" content="WordPress 6.5">`
		const { ports } = behind(({ url }) =>
			url.startsWith('/xmlrpc.php')
				? { status: 200, body: formatXmlRpcResponse(['wp.getUsersBlogs']) }
				: { status: 200, headers: { server: EDGE }, body: `<html><head>${echo}</head></html>` },
		)
		const found = await findXmlRpc('https://blog.example', ports)
		expect(found).toMatchObject({ ok: true, value: { title: '[secret] Basic [secret]== [secret]' } })
		expect(JSON.stringify(found)).not.toMatch(/sesame|c3RhZ2luZzpvcGVu/)
	})
})

describe('a typed staging login', () => {
	it('is trimmed where that is harmless, and taken as it is where it is not', () => {
		const read = readEdgeLogin(' staging ', ' open sesame ')
		expect(read.ok && [read.value.username, read.value.password.reveal()]).toEqual(['staging', ' open sesame '])
	})

	it.each([
		['', 'secret'],
		['staging', ''],
		['sta:ging', 'secret'],
		['staging', 'sec\nret'],
		['sta\u0000ging', 'secret'],
		['x'.repeat(257), 'secret'],
		['staging', 'x'.repeat(257)],
	])('%j with %j is refused', (username, password) => {
		expect(readEdgeLogin(username, password)).toMatchObject({ ok: false, problem: { code: 'edge/login-malformed' } })
	})
})
