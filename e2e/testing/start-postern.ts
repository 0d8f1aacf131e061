import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '@postern/api/client'
import { serverFlags } from '../../scripts/steps/become-server.ts'
import { freePort } from '../../scripts/testing/free-port.ts'

export type Postern = {
	readonly origin: string
	/** Of the process that runs now. */
	pid(): number
	readonly dataFolder: string
	/** Everything the server has printed, for tests that look for what must not be there. */
	output(): string
	/** A client with a cookie jar of its own: a program, or another person. */
	openClient(): Client
	/** The same, with the cookies that a browser in its place would send. */
	openSession(): Session
	/** Ends it, with SIGKILL as a power cut would, and starts it again on the same data and port; as configured, or anew. */
	restart(signal?: 'SIGTERM' | 'SIGKILL', changed?: PosternOptions): Promise<void>
	/** Ends the process and removes its data. */
	stop(): Promise<void>
}

export type Session = { readonly client: Client; cookie(): string }

export type PosternOptions = {
	readonly allowPrivate?: string
	readonly environment?: Readonly<Record<string, string>>
	/** One that is kept; else a new one, removed at the end. */
	readonly dataFolder?: string
}

const root = join(import.meta.dirname, '..', '..')

/** Starts the real server on a free port with an empty data folder, as `npm start` would. */
export async function startPostern(options: PosternOptions = {}): Promise<Postern> {
	const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'postern-e2e-')))
	const port = await freePort()
	const origin = `http://localhost:${port}`
	let printed = ''
	const launch = (changed: PosternOptions = {}) =>
		start({ ...options, ...changed, port, dataFolder }, (text) => (printed += text))
	let running = await launch()
	return {
		origin,
		dataFolder,
		output: () => printed,
		pid: () => running.pid,
		openClient: () => clientWithCookies(origin).client,
		openSession: () => clientWithCookies(origin),
		async restart(signal = 'SIGTERM', changed = {}) {
			await running.end(signal)
			running = await launch(changed)
		},
		async stop() {
			await running.end('SIGTERM')
			if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true })
		},
	}
}

type Launch = PosternOptions & { readonly port: number; readonly dataFolder: string }
type Running = { readonly pid: number; end(signal: NodeJS.Signals): Promise<void> }

function start(launch: Launch, onOutput: (text: string) => void): Promise<Running> {
	const child = spawn(process.execPath, [...serverFlags, 'apps/server/src/main.ts'], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			PORT: String(launch.port),
			POSTERN_DATA: launch.dataFolder,
			POSTERN_ALLOW_PRIVATE: launch.allowPrivate ?? '',
			POSTERN_LOG_LEVEL: 'info',
			...launch.environment,
		},
	})
	const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
	const running: Running = {
		pid: child.pid ?? 0,
		async end(signal) {
			child.kill(signal)
			await exited
		},
	}
	return new Promise((resolve, reject) => {
		let sofar = ''
		const read = (chunk: Buffer) => {
			onOutput(chunk.toString())
			sofar += chunk.toString()
			if (sofar.includes(`:${launch.port}`) && sofar.includes('http://')) resolve(running)
		}
		child.stdout.on('data', read)
		child.stderr.on('data', read)
		child.once('exit', (code) => reject(new Error(`Postern ended with ${code} before it listened:\n${sofar}`)))
	})
}

function clientWithCookies(origin: string): Session {
	const jar = new Map<string, string>()
	const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
	const fetchWithCookies: typeof fetch = async (input, init) => {
		const headers = new Headers(init?.headers)
		headers.set('cookie', cookie())
		const response = await fetch(input, { ...init, headers })
		for (const line of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
			if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
			else jar.set(name, value)
		}
		return response
	}
	return { client: createClient({ baseUrl: origin, fetch: fetchWithCookies }), cookie }
}
