import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { formatBasicCredentials } from '@postern/wordpress'
import { Secret } from '@postern/vocabulary'
import { freePort } from '../scripts/testing/free-port.ts'
import type { Figure } from './figure.ts'
import { type ConnectedPostern, startConnectedPostern } from './gateway/connected-postern.ts'
import { routes, startStaticSite } from './gateway/static-site.ts'
import { type LoadGenerator, startLoadGenerator } from './paired/generate-load.ts'
import { cpuOfTree, ownMib } from './paired/process-cpu.ts'
import { addConnectors } from './sweep/add-connectors.ts'
import { domain, makeCertificates, type SiteFarm, startSiteFarm } from './sweep/start-site-farm.ts'

const bench = 'sweep'
const isQuick = process.argv.includes('--quick')
const isHealthyOnly = process.argv.includes('--healthy')
const sites = isQuick ? 1_000 : 10_000
const gatewayLoad = { connections: 4, ms: isQuick ? 4_000 : 8_000 }

/** Checks of very many connectors, all due at once, beside the gateway. `--quick`: of a thousand; `--healthy`: without the mixed lot. */
export async function run(): Promise<readonly Figure[]> {
	const folder = mkdtempSync(path.join(tmpdir(), 'postern-sweep-'))
	const authority = makeCertificates(folder)
	try {
		const lots: readonly Sweep[] = [
			{ name: 'a mixed lot', kinds: mixed, inFlight: 64, aim: '≤ 15 min' },
			{ name: 'healthy TLS sites', kinds: () => 'steady', inFlight: 256, aim: '≤ 20 s', folder, authority },
		]
		const figures: Figure[] = []
		for (const lot of lots.filter(({ folder: isTls }) => !isHealthyOnly || isTls !== undefined))
			figures.push(...(await sweep(lot)))
		return figures
	} finally {
		rmSync(folder, { recursive: true })
	}
}

type Kind = 'slow' | 'steady' | 'silent' | 'gone' | 'refusing' | 'hostile'

/** 60 % answer in 50–800 ms, 20 % time out, 10 % refuse the connection, 5 % the login, 5 % are hostile. */
function mixed(at: number): Kind {
	const share = (at * 37) % 100
	if (share < 60) return 'slow'
	if (share < 80) return 'silent'
	if (share < 90) return 'gone'
	return share < 95 ? 'refusing' : 'hostile'
}

type Sweep = {
	readonly name: string
	readonly kinds: (at: number) => Kind
	readonly inFlight: number
	readonly aim: string
	readonly folder?: string
	readonly authority?: string
}

async function sweep(wanted: Sweep): Promise<readonly Figure[]> {
	const farm = await startSiteFarm(wanted.folder)
	const closed = await freePort()
	const gatewaySite = await startStaticSite()
	let dueAt = new Date()
	let dataFolder = ''
	const postern = await startConnectedPostern({
		siteUrl: gatewaySite.url,
		allowPrivate: [farm.port, closed].flatMap((port) => [`127.0.0.1:${port}`, `[::1]:${port}`]),
		environment: {
			POSTERN_CHECKS_AT_ONCE: String(wanted.inFlight),
			...(wanted.authority === undefined ? {} : { NODE_EXTRA_CA_CERTS: wanted.authority }),
		},
		fill: async (store, workspaceId, place) => {
			dataFolder = place
			const addresses = Array.from({ length: sites }, (_, at) => addressOf(wanted, { at, port: farm.port, closed }))
			// After the server is up again, and the gateway was measured without a sweep.
			dueAt = new Date(Date.now() + 2 * gatewayLoad.ms + 25_000)
			await addConnectors(store, { workspaceId, dataFolder: place, addresses, runAt: dueAt })
		},
	})
	try {
		return await measure(wanted, { farm, postern, dueAt, dataFolder })
	} finally {
		await postern.stop()
		await gatewaySite.stop()
		farm.stop()
	}
}

function addressOf(
	{ kinds, folder }: Sweep,
	{ at, port, closed }: { at: number; port: number; closed: number },
): string {
	const kind = kinds(at)
	const scheme = folder === undefined ? 'http' : 'https'
	return `${scheme}://${kind}${at}.${domain}:${kind === 'gone' ? closed : port}/`
}

type Running = { farm: SiteFarm; postern: ConnectedPostern; dueAt: Date; dataFolder: string }

async function measure({ name, aim }: Sweep, { farm, postern, dueAt, dataFolder }: Running): Promise<Figure[]> {
	const load = startLoadGenerator()
	await askGateway(load, postern, 1_500) // warms up
	const alone = await askGateway(load, postern, gatewayLoad.ms)
	const before = usedBy(postern.pid())
	const cpuBefore = [cpuOfTree(postern.pid()), cpuOfTree(farm.pid)] as const
	await delay(Math.max(0, dueAt.getTime() - Date.now() + 1_500))
	const beside = await askGateway(load, postern, gatewayLoad.ms)
	const { seconds, used, found } = await untilChecked(dataFolder, postern, dueAt)
	const serverCpuMs = (cpuOfTree(postern.pid()) - cpuBefore[0]) / 1_000 - used.childCpuMs
	const farmCpuMs = (cpuOfTree(farm.pid) - cpuBefore[1]) / 1_000
	const delayMs = await postern.loopDelayMs()
	const requests = await farm.requests()
	await load.stop()
	const of = (what: string) => `${sites} sites, ${name}: ${what}`
	return [
		{ bench, figure: of('wall time'), value: seconds, unit: 's', aim: sites === 10_000 ? aim : `${aim} for 10,000` },
		{ bench, figure: of('requests'), value: requests, unit: '' },
		...found.map(([what, count]): Figure => ({ bench, figure: of(what), value: count, unit: '' })),
		{
			bench,
			figure: of('memory of the server and the process beside it, rise'),
			value: used.serverMiB + used.childMiB - before.serverMiB,
			unit: 'MiB',
			aim: '≤ 150 MiB',
		},
		{ bench, figure: of('of that the server'), value: used.serverMiB - before.serverMiB, unit: 'MiB' },
		{ bench, figure: of('CPU of the process beside it, each check'), value: used.childCpuMs / sites, unit: 'ms' },
		{ bench, figure: of('CPU of the server, each check, with the gateway'), value: serverCpuMs / sites, unit: 'ms' },
		{ bench, figure: of('CPU of the sites, each check'), value: farmCpuMs / sites, unit: 'ms' },
		{ bench, figure: of('event loop of the server, p99'), value: delayMs, unit: 'ms', aim: '≤ 15 ms' },
		{ bench, figure: of('gateway alone, p50'), value: alone.p50Us, unit: 'µs' },
		{
			bench,
			figure: of('gateway beside it, p50'),
			value: beside.p50Us,
			unit: 'µs',
			against: 'alone',
			ratio: beside.p50Us / alone.p50Us,
			aim: '≤ 1.15 ×',
		},
		{
			bench,
			figure: of('gateway beside it, p99'),
			value: beside.p99Us,
			unit: 'µs',
			against: 'alone',
			ratio: beside.p99Us / alone.p99Us,
		},
	]
}

async function askGateway(load: LoadGenerator, { gateway, login }: ConnectedPostern, ms: number) {
	const { host, port, pathname } = new URL(gateway)
	const authorization = formatBasicCredentials(login[0], new Secret(login[1]))
	const head = `GET ${pathname.slice(0, -1)}${routes['2 KB']} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json`
	const request = `${head}\r\nAuthorization: ${authorization}\r\n\r\n`
	const result = await load.load({ port: Number(port), request, connections: gatewayLoad.connections, ms })
	if (result.failed > 0) throw new Error(`${result.failed} answers of the gateway failed`)
	return result
}

/** Looks into the store of the server, which others may read. */
async function untilChecked(dataFolder: string, postern: ConnectedPostern, dueAt: Date) {
	const database = new DatabaseSync(path.join(dataFolder, 'postern.db'), { readOnly: true })
	const count = database.prepare(
		'select count(distinct connector_id) as count, max(at) as last from connector_check where at >= ?',
	)
	let used = usedBy(postern.pid())
	for (;;) {
		const row = count.get(dueAt.getTime())
		used = most(used, usedBy(postern.pid()))
		if (Number(row?.['count']) >= sites) {
			const kinds = database.prepare(
				"select state || coalesce(' ' || code, '') as what, count(*) as count from connector_check where at >= ? group by 1 order by 2 desc",
			)
			const found = kinds
				.all(dueAt.getTime())
				.map(({ what, count: many }) => [`found ${String(what)}`, Number(many)] as const)
			database.close()
			return { seconds: (Number(row?.['last']) - dueAt.getTime()) / 1_000, used, found }
		}
		await delay(200)
	}
}

type Used = { readonly serverMiB: number; readonly childMiB: number; readonly childCpuMs: number }

/** What the server and the process that probes for it hold, and what that one has used. */
function usedBy(pid: number): Used {
	const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
	const serverMiB = ownMib(pid)
	if (child === undefined) return { serverMiB, childMiB: 0, childCpuMs: 0 }
	return { serverMiB, childMiB: ownMib(child), childCpuMs: cpuOfTree(child) / 1_000 }
}

function most(a: Used, b: Used): Used {
	return {
		serverMiB: Math.max(a.serverMiB, b.serverMiB),
		childMiB: Math.max(a.childMiB, b.childMiB),
		childCpuMs: Math.max(a.childCpuMs, b.childCpuMs),
	}
}
