import { formatBasicCredentials } from '@postern/wordpress'
import { Secret } from '@postern/vocabulary'
import type { Figure } from './figure.ts'
import { type ConnectedPostern, startConnectedPostern } from './gateway/connected-postern.ts'
import { type GuardedNginx, startGuardedNginx } from './gateway/guarded-nginx.ts'
import { type Peer, peers, startPeer } from './gateway/start-peer.ts'
import { routes, startStaticSite, type StaticSite } from './gateway/static-site.ts'
import { compareServers, type Candidate, type Compared } from './paired/compare-servers.ts'

const bench = 'gateway'
const load = { rounds: 9, ms: 1_200, connections: 32 }
const nginxUsers = [1, 1_000, 10_000] as const
const nginxLogin = ['bench', 'H5wW1NntpxwXFbGRPkA30sfq'] as const

/** Our gateway with Basic, scope, audit and vault on, against others in front of the same site, by the CPU of a request. */
export async function run(): Promise<readonly Figure[]> {
	const site = await startStaticSite()
	const stops: (() => unknown)[] = [() => site.stop()]
	const started = async <T extends { stop(): unknown }>(starting: Promise<T>): Promise<T> => {
		const one = await starting
		stops.unshift(() => one.stop())
		return one
	}
	try {
		const postern = await started(startConnectedPostern({ siteUrl: site.url }))
		const overTls = await started(startConnectedPostern({ siteUrl: site.tlsUrl }))
		const guards: GuardedNginx[] = []
		for (const users of nginxUsers) guards.push(await started(startGuardedNginx(site.port, users, nginxLogin)))
		const pipes: Peer[] = []
		for (const file of ['bare-pipe', 'bare-pipe', ...others] as const)
			pipes.push(await started(startPeer(file, site.url)))
		const candidates = [
			...pipes.map(peerCandidate),
			...guards.map((guard, at) => nginxCandidate(guard, nginxUsers[at] ?? 0)),
			posternCandidate(ours, postern, '2 KB'),
		]
		const small = await compareServers(candidates, load)
		const big = await compareServers(
			[bigPipe(pipes[0]), posternCandidate(ours, postern, '64 KB')].filter((one) => one !== undefined),
			load,
		)
		const secure = await compareServers(
			[posternCandidate(ours, postern, '2 KB'), posternCandidate('over TLS', overTls, '2 KB')],
			load,
		)
		const alone = await compareServers(
			[directCandidate(site), nginxCandidate(guards[0], 1), posternCandidate(ours, postern, '2 KB')].filter(
				(one) => one !== undefined,
			),
			{ ...load, connections: 1 },
		)
		return [
			...costs(small),
			...ratios(big, ['64 KB', bare, ours]),
			...ratios(secure, ['HTTPS site', ours, 'over TLS']),
			...latencies(alone),
			await loopDelay(postern),
		]
	} finally {
		for (const stop of stops) await stop()
	}
}

const ours = 'postern'
const bare = peers['bare-pipe']
const others = ['http-proxy', 'reply-from', 'hono-proxy', 'api-key-pipe'] as const

function get(route: string, host: string, login?: readonly [string, string]): string {
	const authorization = login && formatBasicCredentials(login[0], new Secret(login[1]))
	const headers = [
		`Host: ${host}`,
		'Accept: application/json',
		...(authorization ? [`Authorization: ${authorization}`] : []),
	]
	return `GET ${route} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`
}

/** The second bare pipe is the A/A twin: what differs between the two is noise. */
function peerCandidate({ name, port, pid }: Peer, at: number): Candidate {
	return { name: at === 1 ? `${name} again (A/A)` : name, port, pid, request: get(routes['2 KB'], `127.0.0.1:${port}`) }
}

function bigPipe(pipe: Peer | undefined): Candidate | undefined {
	return pipe && { ...peerCandidate(pipe, 0), request: get(routes['64 KB'], `127.0.0.1:${pipe.port}`) }
}

const nginxName = (users: number) => `nginx auth_basic, ${users} ${users === 1 ? 'user' : 'users'}`

function nginxCandidate(guard: GuardedNginx | undefined, users: number): Candidate {
	const { port = 0, pid = 0 } = guard ?? {}
	return { name: nginxName(users), port, pid, request: get(routes['2 KB'], `127.0.0.1:${port}`, nginxLogin) }
}

function directCandidate({ port, pid }: StaticSite): Candidate {
	return { name: 'direct', port, pid, request: get(routes['2 KB'], `127.0.0.1:${port}`) }
}

function posternCandidate(
	name: string,
	{ gateway, pid, login }: ConnectedPostern,
	size: keyof typeof routes,
): Candidate {
	const { host, port, pathname } = new URL(gateway)
	return { name, port: Number(port), pid: pid(), request: get(`${pathname.slice(0, -1)}${routes[size]}`, host, login) }
}

function find(compared: readonly Compared[], name: string): Compared {
	const found = compared.find((one) => one.name === name)
	if (!found || found.failed > 0) throw new Error(`${name}: ${found?.failed} answers failed`)
	return found
}

const aims: Readonly<Record<string, string>> = {
	[nginxName(1)]: 'ours ≤ 2.5 × (0.40 of it)',
	[nginxName(1_000)]: 'ours ≤ 1 ×',
	[nginxName(10_000)]: 'ours ≤ 0.2 ×',
	[peers['http-proxy']]: 'ours ≤ 0.74 ×',
	[peers['reply-from']]: 'ours ≤ 0.74 ×',
	[peers['hono-proxy']]: 'ours ≤ 0.2 ×',
	[bare]: 'ours ≤ 1.30 × (1.15)',
}

function costs(compared: readonly Compared[]): Figure[] {
	const our = find(compared, ours)
	const rows = compared.filter(({ name }) => name !== ours).map(({ name }) => find(compared, name))
	return [
		{ bench, figure: 'gateway, Basic + scope + audit + vault, CPU', value: our.cpuUs, unit: 'µs', aim: '≤ 60 µs' },
		{ bench, figure: 'gateway, requests per second', value: our.perSecond, unit: '/s' },
		...rows.map(({ name, cpuUs, ratio }): Figure => {
			const aim = aims[name]
			// Ratios are of medians within rounds, both to the first candidate.
			return {
				bench,
				figure: `${name}, CPU`,
				value: cpuUs,
				unit: 'µs',
				against: 'ours costs',
				ratio: our.ratio / ratio,
				...(aim ? { aim } : {}),
			}
		}),
	]
}

function ratios(compared: readonly Compared[], [what, base, other]: readonly [string, string, string]): Figure[] {
	const [first, second] = [find(compared, base), find(compared, other)]
	return [
		{ bench, figure: `${what}: ${base}, CPU`, value: first.cpuUs, unit: 'µs' },
		{ bench, figure: `${what}: ${other}, CPU`, value: second.cpuUs, unit: 'µs', against: base, ratio: second.ratio },
	]
}

function latencies(compared: readonly Compared[]): Figure[] {
	const [direct, nginx, our] = [find(compared, 'direct'), find(compared, nginxName(1)), find(compared, ours)]
	const [added, addedByNginx] = [our.p50Us - direct.p50Us, nginx.p50Us - direct.p50Us]
	return [
		{ bench, figure: 'one connection, p50 direct', value: direct.p50Us, unit: 'µs' },
		{ bench, figure: 'one connection, p50 added by nginx', value: addedByNginx, unit: 'µs' },
		{
			bench,
			figure: 'one connection, p50 added by us',
			value: added,
			unit: 'µs',
			against: 'nginx adds',
			ratio: added / addedByNginx,
			aim: '≤ 1.5 ×',
		},
	]
}

async function loopDelay(postern: ConnectedPostern): Promise<Figure> {
	return {
		bench,
		figure: 'event-loop delay, p99, under all of this',
		value: await postern.loopDelayMs(),
		unit: 'ms',
		aim: '≤ 15 ms',
	}
}
