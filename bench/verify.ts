import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createEgress, parseAllowRules } from '@postern/egress'
import { createRequestBudget, discover, verifySiteCredential } from '@postern/wp-client'
import type { Figure } from './figure.ts'

const rounds = 40
const slowMs = 100
/** The longest chain in which each request needs the answer before: home page, index, users/me, introspect. */
const chainLength = 4

/** *Authorize* without the site's own time, and against a site that takes 100 ms for every answer. */
export async function run(): Promise<readonly Figure[]> {
	const quick = await measure(0, rounds)
	const slow = await measure(slowMs, 10)
	const chainMs = chainLength * slowMs
	return [
		{
			bench: 'verify',
			figure: 'discover + verify, site answers in 0 ms, median',
			value: quick.wall,
			unit: 'ms',
			aim: '< 15 ms',
		},
		{ bench: 'verify', figure: 'of it our process’s CPU (site included), median', value: quick.cpu, unit: 'ms' },
		{
			bench: 'verify',
			figure: `discover + verify, site answers in ${slowMs} ms, median`,
			value: slow.wall,
			unit: 'ms',
			against: `slowest chain (${chainMs} ms)`,
			ratio: slow.wall / chainMs,
			aim: '≤ 1.15 ×',
		},
	]
}

async function measure(answerMs: number, count: number): Promise<{ wall: number; cpu: number }> {
	const site = createServer((request, response) => {
		void delay(answerMs).then(() => {
			const { status, headers, body } = answer(request)
			response.writeHead(status, headers).end(body)
		})
	}).listen(0, '127.0.0.1')
	await once(site, 'listening')
	try {
		return await timeVerifications(site, count)
	} finally {
		site.closeAllConnections()
		site.close()
	}
}

async function timeVerifications(site: Server, count: number): Promise<{ wall: number; cpu: number }> {
	const address = site.address()
	if (typeof address !== 'object' || !address) throw new Error('no port')
	const allow = parseAllowRules(`127.0.0.1:${address.port}`)
	if (!allow.ok) throw new Error(allow.problem.code)
	const times: { wall: number; cpu: number }[] = []
	for (let round = 0; round < count + 5; round++) {
		// A new door each time: a person's first *Authorize* finds no connection open.
		const egress = createEgress({ allow: allow.value, userAgent: 'Postern bench' })
		const ports = {
			ask: egress.ask,
			clock: Date.now,
			ownOrigins: [],
			extraPorts: [address.port],
			budget: createRequestBudget(12),
		}
		const before = process.cpuUsage()
		const startedAt = performance.now()
		const found = await discover(`http://127.0.0.1:${address.port}/`, ports)
		if (!found.ok) throw new Error(found.diagnosis.code)
		const verified = await verifySiteCredential(
			found.value,
			{ username: 'ada', password: 'abcd efgh ijkl mnop qrst uvwx' },
			ports,
		)
		if (!verified.ok) throw new Error(verified.diagnosis.code)
		const { user, system } = process.cpuUsage(before)
		times.push({ wall: performance.now() - startedAt, cpu: (user + system) / 1000 })
		await egress.close()
	}
	const warm = times.slice(5)
	return { wall: median(warm.map(({ wall }) => wall)), cpu: median(warm.map(({ cpu }) => cpu)) }
}

type Reply = { readonly status: number; readonly headers: Record<string, string>; readonly body: string }

function answer({ url = '/', headers: { authorization, host } }: IncomingMessage): Reply {
	const root = `http://${host}`
	const link = `<${root}/wp-json/>; rel="https://api.w.org/"`
	const { pathname } = new URL(url, root)
	if (pathname === '/')
		return { status: 200, headers: { 'content-type': 'text/html', link }, body: '<!doctype html><title>Bench</title>' }
	if (pathname === '/wp-json/') return json(200, index(root))
	if (authorization === undefined)
		return json(401, { code: 'rest_not_logged_in', message: 'You are not logged in.', data: { status: 401 } })
	if (pathname.endsWith('/introspect'))
		return json(200, {
			uuid: '0b1f4c1a-2d3e-4f50-8a6b-7c8d9e0f1a2b',
			name: 'bench',
			app_id: '',
			created: '2026-01-01T00:00:00',
		})
	return json(200, {
		id: 2,
		username: 'ada',
		name: 'Ada',
		roles: ['editor'],
		capabilities: Object.fromEntries(
			['read', 'edit_posts', 'publish_posts', 'upload_files', 'edit_pages', 'edit_others_posts'].map((name) => [
				name,
				true,
			]),
		),
	})
}

function index(root: string) {
	const authorization = `${root}/wp-admin/authorize-application.php`
	return {
		name: 'Bench',
		description: '',
		url: root,
		home: root,
		namespaces: ['oembed/1.0', 'wp/v2'],
		authentication: { 'application-passwords': { endpoints: { authorization } } },
		routes: {
			'/': {},
			'/wp/v2/users/me': {},
			'/wp/v2/users/(?P<user_id>(?:[\\d]+|me))/application-passwords/introspect': {},
		},
	}
}

function json(status: number, value: unknown): Reply {
	return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
