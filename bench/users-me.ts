import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { contract } from '@postern/api/contract'
import { formatBasicCredentials } from '@postern/wordpress'
import { Secret } from '@postern/vocabulary'
import { startWordPress } from '../conformance/wordpress/start-wordpress.ts'
import { startPostern, type Postern } from '../e2e/testing/start-postern.ts'
import type { Figure } from './figure.ts'
import { compareServers, type Candidate, type Compared } from './paired/compare-servers.ts'
import { residentMib } from './paired/process-cpu.ts'

const account = { email: 'bench@example.com', username: 'bench', password: 'correct horse battery staple' }
const route = '/wp-json/wp/v2/users/me'
const load = { rounds: 9, ms: 1_500, connections: 32 }

/** Who am I, with an application password: the running server, a bare `node:http` and a real WordPress in one run. */
export async function run(): Promise<readonly Figure[]> {
	const hellos = [startHello(), startHello()] as const
	const postern = await startPostern({ environment: { POSTERN_LOG_LEVEL: 'warn' } })
	const site = await startWordPress({ version: '6.5.5', permalinks: 'pretty' })
	try {
		const [hello, twin] = await Promise.all(hellos.map(portOf))
		const { password } = await site.createApplicationPassword('admin', 'Bench')
		const candidates: Candidate[] = [
			{ name: 'hello', port: hello ?? 0, pid: hellos[0].pid ?? 0, request: request('/', 'x') },
			{ name: 'hello again', port: twin ?? 0, pid: hellos[1].pid ?? 0, request: request('/', 'x') },
			{
				name: 'postern',
				port: Number(new URL(postern.origin).port),
				pid: postern.pid(),
				request: request(route, new URL(postern.origin).host, [account.username, await setUp(postern)]),
			},
			{
				name: 'wordpress',
				port: site.port,
				pid: Number(readFileSync(path.join(site.folder, 'server.pid'), 'utf8')),
				request: request(route, new URL(site.url).host, ['admin', password]),
				everyNthRound: 3,
			},
		]
		return figures(await compareServers(candidates, load), residentMib(postern.pid()))
	} finally {
		for (const hello of hellos) hello.kill()
		await Promise.all([postern.stop(), site.stop()])
	}
}

function figures(compared: readonly Compared[], mib: number): readonly Figure[] {
	const find = (name: string): Compared => {
		const found = compared.find((one) => one.name === name)
		if (!found || found.failed > 0) throw new Error(`${name}: ${found?.failed} answers failed`)
		return found
	}
	const [hello, twin, postern, wordpress] = [find('hello'), find('hello again'), find('postern'), find('wordpress')]
	const bench = 'users-me'
	return [
		{ bench, figure: 'bare node:http, CPU a request', value: hello.cpuUs, unit: 'µs' },
		{
			bench,
			figure: 'the same again (A/A), CPU',
			value: twin.cpuUs,
			unit: 'µs',
			against: 'bare node:http',
			ratio: twin.ratio,
		},
		{
			bench,
			figure: 'users/me with Basic, CPU a request',
			value: postern.cpuUs,
			unit: 'µs',
			against: 'of its throughput per CPU',
			ratio: 1 / postern.ratio,
			aim: '≥ 0.40 × bare node:http',
		},
		{ bench, figure: 'bare node:http, p99 at 32 connections', value: hello.p99Us, unit: 'µs' },
		{
			bench,
			figure: 'users/me with Basic, p99 at 32 connections',
			value: postern.p99Us,
			unit: 'µs',
			against: 'bare node:http',
			ratio: postern.p99Us / hello.p99Us,
		},
		{ bench, figure: 'users/me, requests per second', value: postern.perSecond, unit: '/s' },
		{
			bench,
			figure: 'WordPress 6.5.5 users/me, CPU a request',
			value: wordpress.cpuUs,
			unit: 'µs',
			against: 'Postern',
			ratio: wordpress.cpuUs / postern.cpuUs,
			aim: '≥ 300 × Postern',
		},
		{ bench, figure: 'resident memory of the server afterwards', value: mib, unit: 'MiB' },
	]
}

function startHello(): ChildProcess {
	return spawn(process.execPath, [path.join(import.meta.dirname, 'paired', 'hello.ts')], {
		stdio: ['ignore', 'pipe', 'inherit'],
	})
}

async function portOf(child: ChildProcess): Promise<number> {
	if (!child.stdout) throw new Error('no output')
	const [chunk] = (await once(child.stdout, 'data')) as [Buffer] // as a pipe gives it
	return Number(chunk.toString())
}

function request(target: string, host: string, credentials?: readonly [username: string, password: string]): string {
	const authorization = credentials && formatBasicCredentials(credentials[0], new Secret(credentials[1]))
	const headers = [
		`Host: ${host}`,
		'Accept: application/json',
		...(authorization ? [`Authorization: ${authorization}`] : []),
	]
	return `GET ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`
}

/** Makes the first account and an application password for it. */
async function setUp(postern: Postern): Promise<string> {
	const client = postern.openClient()
	const made = await client.call(contract.setUp, { body: { ...account, workspaceName: 'Bench' } })
	if (!made.ok) throw new Error(made.problem.code)
	const [membership] = made.value.memberships
	if (!membership) throw new Error('no workspace')
	const issued = await client.call(contract.createApplicationPassword, {
		workspaceId: membership.workspace.id,
		memberId: membership.memberId,
		body: { name: 'Bench', preset: 'read-only' },
	})
	if (!issued.ok) throw new Error(issued.problem.code)
	return issued.value.password
}
