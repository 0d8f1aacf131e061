import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { certificates } from '@postern/egress/testing/certificates'
import type { ProblemCode } from '@postern/vocabulary'
import { describe, expect, it } from 'vitest'
import { readLatestPosts } from '../index.ts'
import cases from './bad-inputs/upstream-response.json' with { type: 'json' }
import { portsFor, visit } from './visit.testing.ts'
import { type Animal, enclose, json, redirect, type Visit } from './zoo-server.testing.ts'
import { GROUPED, USERNAME, wordpress } from './zoo-wordpress.testing.ts'

/** What a site answers when Postern proves the credential, and what a person is then told: a code, or "ok". */
type Provocation = {
	readonly told: ProblemCode | 'ok'
	readonly answer: (seen: Visit) => ReturnType<Animal>
	readonly timeoutMs?: number
}

/** Answers on the socket itself, as no honest server would. */
const raw = (bytes: string) => () => (response: ServerResponse) => {
	response.socket?.end(bytes)
}

/** The answer that `users/me` should have given, with other headers. */
const stock = wordpress().animal
const withHeaders = (headers: Readonly<Record<string, string>>) => (seen: Visit) => {
	const page = stock(seen)
	return typeof page === 'function' ? page : { ...page, headers: { ...page.headers, ...headers } }
}

const provocations: Readonly<Record<string, Provocation>> = {
	'UPR-001': { told: 'redirect/while-verifying', answer: () => redirect('https://evil.test/', 302) },
	'UPR-005': { told: 'ok', answer: withHeaders({ 'set-cookie': '__Host-pst_session=evil; Path=/; Secure' }) },
	'UPR-008': { told: 'ok', answer: withHeaders({ refresh: '0;url=https://evil', 'clear-site-data': '"*"' }) },
	'UPR-009': { told: 'ok', answer: withHeaders({ 'access-control-allow-origin': 'https://evil.test' }) },
	'UPR-010': { told: 'ok', answer: withHeaders({ link: '<https://evil.test/wp-json/>; rel="next"' }) },
	'UPR-012': {
		told: 'response/too-large',
		answer: () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(20_000_000)) }),
	},
	'UPR-013': {
		told: 'response/encoding-unsupported',
		answer: withHeaders({ 'content-encoding': 'gzip, gzip, gzip, gzip, gzip, gzip' }),
	},
	'UPR-014': {
		told: 'response/too-large',
		answer: () => (response) => {
			const more = (): void => {
				while (!response.destroyed && response.write(randomBytes(65_536)));
			}
			response.on('drain', more)
			more()
		},
	},
	'UPR-015': {
		told: 'network/timeout',
		timeoutMs: 1_000,
		answer: () => (response) => {
			const drip = setInterval(() => response.write(' '), 100)
			response.on('close', () => clearInterval(drip))
		},
	},
	'UPR-016': { told: 'response/malformed', answer: raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc') },
	'UPR-018': { told: 'response/malformed', answer: raw('HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n') },
	'UPR-019': {
		told: 'response/malformed',
		answer: raw(`HTTP/1.1 200 OK\r\n${`X: ${'a'.repeat(990)}\r\n`.repeat(100)}\r\n`),
	},
	'UPR-026': { told: 'api/spoilt', answer: () => ({ ...json(200, ''), body: '['.repeat(100_000) }) },
}

/** Cases with a test of their own below, or in a room that does not exist yet. */
const elsewhere: Readonly<Record<string, string>> = {
	'UPR-021': 'below: discovery names a javascript: address',
	'UPR-022': 'below: discovery names another origin',
	'UPR-024': 'below: titles are text',
	'UPR-027': 'an agent’s tools come with MCP',
	'UPR-029': 'below: the certificate is for another name',
}

const isLogin = (seen: Visit): boolean => seen.headers.authorization !== undefined && seen.url.includes('/users/me?')

describe('hostile answers while a credential is proven', () => {
	it.each(cases.filter(({ id }) => !(id in elsewhere)))('$id $label', async ({ id }) => {
		const provocation = provocations[id]
		if (provocation === undefined) throw new Error(`${id} is neither provoked nor said to be elsewhere`)
		const zoo = await enclose((seen) => (isLogin(seen) ? provocation.answer(seen) : stock(seen)))
		const { told, timeoutMs } = provocation
		const outcome = await visit(
			`https://blog.example:${zoo.httpsPort}`,
			zoo,
			timeoutMs === undefined ? {} : { timeoutMs },
		)
		expect(outcome.code).toBe(told)
	})

	it.each([
		['UPR-021', 'javascript:alert(1)'],
		['UPR-022', 'https://phish.test/wp-admin/authorize-application.php'],
	])('%s does not take an authorization endpoint at %s', async (_, authorization) => {
		const zoo = await enclose((seen) => {
			if (!seen.url.endsWith('/wp-json/')) return stock(seen)
			const authentication = { 'application-passwords': { endpoints: { authorization } } }
			return json(200, { name: 'Zoo', url: '', home: '', namespaces: ['wp/v2'], authentication })
		})
		const { discovered } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo, {})
		expect(discovered).toMatchObject({ ok: true, value: { applicationPasswords: 'on' } })
		expect(discovered.ok && discovered.value.authorizationEndpoint).toBeUndefined()
	})

	it('UPR-024 gives titles as text', async () => {
		const rendered = '<img src=x onerror=alert(1)>'
		const zoo = await enclose((seen) =>
			seen.url.includes('/wp/v2/posts')
				? json(200, [{ id: 1, status: 'publish', title: { raw: rendered, rendered } }])
				: stock(seen),
		)
		const ports = portsFor(zoo)
		const { discovered } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo, {})
		if (!discovered.ok) throw new Error(discovered.diagnosis.code)
		const read = await readLatestPosts(discovered.value, { username: USERNAME, password: GROUPED }, ports)
		expect(read).toMatchObject({ ok: true, value: { posts: [{ title: rendered }] } })
	})

	it('UPR-029 stops at a certificate for another name', async () => {
		const zoo = await enclose(stock, certificates.wrongName)
		const { code, visits } = await visit(`https://blog.example:${zoo.httpsPort}`, zoo, {})
		expect(code).toBe('tls/wrong-name')
		expect(visits).toEqual([])
	})
})
