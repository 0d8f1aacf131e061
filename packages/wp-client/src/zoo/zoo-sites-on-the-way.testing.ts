import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { certificates } from '@postern/egress/testing/certificates'
import { type Animal, html, type Page, redirect } from './zoo-pages.testing.ts'
import type { ZooSite } from './zoo-site.testing.ts'

const challenged = (page: Page): Pick<ZooSite, 'around'> => ({ around: () => () => page })
const siteGround = '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F&y=ipc:203.0.113.7:1.1">'

const staging = { username: 'preview', password: 'of the new site' }
const guarded = html(401, '<title>401</title>', { 'www-authenticate': 'Basic realm="Staging"' })

const redirecting = (target: (step: number) => string): Pick<ZooSite, 'around'> => ({
	around: () => (seen) => redirect(target(Number(seen.url.slice(1)) + 1), 302),
})

/** Says 429 to the first logins of each visit. */
const impatient =
	(times: number, retryAfter: () => string) =>
	(next: Animal): Animal => {
		let attempts = 0
		return (seen) => {
			if (seen.url === '/') attempts = 0
			if (!seen.url.includes('users/me?')) return next(seen)
			attempts += 1
			return attempts <= times ? html(429, '<title>Too Many</title>', { 'retry-after': retryAfter() }) : next(seen)
		}
	}

const pour: Animal =
	({ method }) =>
	(response) => {
		if (method === 'HEAD') return void response.end()
		const megabyte = Buffer.alloc(1 << 20, 'x')
		const more = (): void => {
			while (!response.destroyed) if (!response.write(megabyte)) return void response.once('drain', more)
		}
		more()
	}

const drip: Animal = () => (response) => {
	response.writeHead(200, { 'content-type': 'text/html' })
	const dripping = setInterval(() => response.write('x'), 100)
	response.on('close', () => clearInterval(dripping))
}

function endlessHeaders() {
	return createServer((socket) => {
		socket.write('HTTP/1.1 200 OK\r\n')
		const pouring = setInterval(() => socket.write(`X-Header: ${'x'.repeat(8_000)}\r\n`), 1)
		socket.on('close', () => clearInterval(pouring)).on('error', () => undefined)
	})
}

const plainHttp = ({ http }: { readonly http: number }): string => `http://blog.example:${http}`

export const sitesOnTheWay: readonly ZooSite[] = [
	{ row: 'Z10', behaviour: 'a redirect loop', expected: 'redirect.loop', ...redirecting((step) => `/${step % 2}`) },
	{ row: 'Z10', behaviour: '20 hops', expected: 'redirect.loop', ...redirecting((step) => `/${step}`) },
	{
		row: 'Z26',
		behaviour: 'a staging login, and none given',
		expected: 'edge.basic_auth',
		...challenged(guarded),
	},
	{
		row: 'Z27',
		behaviour: 'a staging login, given, and XML-RPC chosen',
		expected: 'ok',
		notes: ['xml-rpc-transport'],
		edge: staging,
		transport: 'xml-rpc',
		around: (next) => (seen) => {
			const given = Buffer.from((seen.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString('utf8')
			return given === `${staging.username}:${staging.password}` ? next(seen) : guarded
		},
	},
	{
		row: 'Z34',
		behaviour: 'Cloudflare challenge',
		expected: 'edge.cloudflare',
		...challenged(html(403, '<title>Just a moment...</title>', { 'cf-mitigated': 'challenge', server: 'cloudflare' })),
	},
	...[202, 200].map((status): ZooSite => ({
		row: 'Z35',
		behaviour: `SiteGround, ${status} with a meta refresh`,
		expected: 'edge.siteground',
		...challenged(html(status, siteGround)),
	})),
	{
		row: 'Z37',
		behaviour: 'a firewall blocks only what posts contain',
		expected: 'edge.waf_content',
		triesDraft: true,
		around: (next) => (seen) =>
			seen.method === 'POST' && /<script|<!-- wp:/.test(seen.body)
				? html(403, '<title>Forbidden</title><p>Incident ID: 1234-5678</p>')
				: next(seen),
	},
	{ row: 'Z37', behaviour: 'no firewall: the draft gets through', expected: 'ok', triesDraft: true },
	{ row: 'Z38', behaviour: '429 once', expected: 'ok', around: impatient(1, () => '1') },
	{ row: 'Z38', behaviour: '429 for ever', expected: 'rate.limited', around: impatient(99, () => '1') },
	{
		row: 'Z38',
		behaviour: '429 with an HTTP date',
		expected: 'ok',
		around: impatient(1, () => new Date(Date.now() + 1_500).toUTCString()),
	},
	{
		row: 'Z38',
		behaviour: '429 with Retry-After: 99999',
		expected: 'rate.limited',
		around: impatient(99, () => '99999'),
	},
	...(
		[
			['tls.self_signed', certificates.selfSigned],
			['tls.expired', certificates.expired],
			['tls.wrong_name', certificates.wrongName],
			['tls.incomplete_chain', certificates.incompleteChain],
		] as const
	).map(([expected, certificate]): ZooSite => ({ row: 'Z43', behaviour: expected, expected, certificate })),
	{
		row: 'Z43',
		behaviour: 'http on the port of https',
		expected: 'tls.not_https',
		address: ({ http }) => `https://blog.example:${http}`,
	},
	{
		row: 'Z44',
		behaviour: 'no such name',
		expected: 'net.unknown_host',
		address: ({ https }) => `https://nowhere.example:${https}`,
	},
	{ row: 'Z44', behaviour: 'refused', expected: 'net.refused', isGone: true },
	{
		row: 'Z44',
		behaviour: 'accepts, then silence',
		expected: 'net.timeout',
		timeoutMs: 1_000,
		address: plainHttp,
		raw: () => createServer(() => undefined),
	},
	{
		row: 'Z44',
		behaviour: 'one byte at a time',
		expected: 'net.timeout',
		timeoutMs: 1_000,
		around: () => drip,
	},
	{ row: 'Z45', behaviour: 'an endless body', expected: 'net.too_large', around: () => pour },
	{
		row: 'Z45',
		behaviour: 'a gzip bomb',
		expected: 'net.too_large',
		around: () => {
			const bomb = gzipSync(Buffer.alloc(50 << 20))
			return () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: bomb })
		},
	},
	{
		row: 'Z45',
		behaviour: 'endless headers',
		expected: 'net.endless_headers',
		address: plainHttp,
		raw: endlessHeaders,
	},
	...['http://169.254.169.254/', 'http://[::ffff:127.0.0.1]/', 'http://intern.blog.example/'].map(
		(target): ZooSite => ({
			row: 'Z47',
			behaviour: `a redirect to ${target}`,
			expected: 'net.private',
			address: plainHttp,
			around: () => () => redirect(target, 302),
		}),
	),
	{
		row: 'Z56',
		behaviour: 'port 6000',
		expected: 'url.port',
		address: () => 'https://blog.example:6000',
	},
]
