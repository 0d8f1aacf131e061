import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { serverFlags } from '../scripts/steps/become-server.ts'
import { freePort } from '../scripts/testing/free-port.ts'
import type { Figure } from './figure.ts'

const root = path.resolve(import.meta.dirname, '..')
const rounds = 7
const hello =
	"require('node:http').createServer((q,r)=>r.end('hello')).listen(0,'127.0.0.1',()=>console.log('http://listening'))"

/** From spawning to the line that names the address; candidates take turns, so that a slow moment hits all alike. */
export async function run(): Promise<readonly Figure[]> {
	const data = mkdtempSync(path.join(tmpdir(), 'postern-bench-'))
	const environment = {
		...process.env,
		PORT: String(await freePort()),
		POSTERN_DATA: data,
		POSTERN_LOG_LEVEL: 'warn',
	}
	const server = () => spawnNode([...serverFlags, 'apps/server/src/main.ts'], environment)
	const viaNpm = () => spawn('npm', ['start', '--silent'], { cwd: root, env: environment, detached: true })
	const bare = () => spawnNode(['-e', hello], process.env)
	try {
		await timeStart(viaNpm) // warms the compile cache and makes the store
		const times: Record<'npm' | 'server' | 'bare', number[]> = { npm: [], server: [], bare: [] }
		for (let round = 0; round < rounds; round++) {
			times.bare.push(await timeStart(bare))
			times.server.push(await timeStart(server))
			times.npm.push(await timeStart(viaNpm))
		}
		const memory = { server: await idleMemory(server), bare: await idleMemory(bare) }
		const [npm, own, node] = [median(times.npm), median(times.server), median(times.bare)]
		return [
			{ bench: 'start', figure: 'npm start to listening, warm, median', value: npm, unit: 'ms', aim: '< 1,000 ms' },
			{
				bench: 'start',
				figure: 'server alone to listening, median',
				value: own,
				unit: 'ms',
				against: 'bare Node hello',
				ratio: own / node,
				aim: '≤ 12 ×',
			},
			{
				bench: 'start',
				figure: 'idle memory (resident)',
				value: memory.server,
				unit: 'MiB',
				against: 'bare Node hello',
				ratio: memory.server / memory.bare,
				aim: '≤ 192 MiB',
			},
		]
	} finally {
		rmSync(data, { recursive: true, force: true })
	}
}

function spawnNode(args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
	const cache = { NODE_COMPILE_CACHE: path.join(root, '.cache', 'compiled') }
	return spawn(process.execPath, args, { cwd: root, env: { ...environment, ...cache }, detached: true })
}

async function timeStart(start: () => ChildProcess): Promise<number> {
	const startedAt = performance.now()
	const child = start()
	await listening(child)
	const ms = performance.now() - startedAt
	await stop(child)
	return ms
}

function listening(child: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		let said = ''
		const read = (chunk: Buffer) => {
			said += chunk.toString()
			if (said.includes('http://')) resolve()
		}
		child.stdout?.on('data', read)
		child.stderr?.on('data', read)
		child.once('exit', (code) => reject(new Error(`ended with ${code} before it listened: ${said.slice(-500)}`)))
	})
}

/** The whole group: npm's child is the server. */
async function stop(child: ChildProcess): Promise<void> {
	const ended = new Promise((resolve) => child.once('exit', resolve))
	if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
	await ended
}

/** Resident MiB, some seconds after the start: what loads late is then there. */
async function idleMemory(start: () => ChildProcess): Promise<number> {
	const child = start()
	await listening(child)
	await delay(4_000)
	const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
	await stop(child)
	return Number(kib) / 1024
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
