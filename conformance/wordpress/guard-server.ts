/**
 * Runs as a process of its own between a test and the server it started: when the test lets go of our standard input, on
 * purpose or because it was killed, the server's whole process group ends and the folder is removed.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export type ServerOrder = {
	readonly command: string
	readonly args: readonly string[]
	readonly env: Readonly<Record<string, string>>
	/** The server's working folder, with `server.log`, `server.pid` (its process group) and `guard.pid`. Removed in the end. */
	readonly folder: string
}

if (import.meta.main) guard(JSON.parse(process.argv[2] ?? ''))

function guard(order: ServerOrder): void {
	writeFileSync(join(order.folder, 'guard.pid'), String(process.pid))
	const log = openSync(join(order.folder, 'server.log'), 'a')
	const server = spawn(order.command, order.args, {
		cwd: order.folder,
		detached: true, // its id is then the id of its process group, which PHP's workers share
		stdio: ['ignore', log, log],
		env: { ...process.env, ...order.env },
	})
	writeFileSync(join(order.folder, 'server.pid'), String(server.pid))
	const exited = once(server, 'exit')
	const finish = async (status: number): Promise<void> => {
		await endGroup(server, exited)
		rmSync(order.folder, { recursive: true, force: true, maxRetries: 5 })
		process.exit(status)
	}
	process.stdin.resume().on('close', () => void finish(0))
	process.stdin.on('error', () => void finish(0))
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void finish(0))
	// Waits a moment before it removes the log, so that the starter can read why.
	exited.then(
		() => void delay(500).then(() => finish(1)),
		() => void delay(500).then(() => finish(1)),
	)
}

/** Without grace: the site is thrown away, and PHP's workers do not follow their parent. */
async function endGroup(server: ChildProcess, exited: Promise<unknown>): Promise<void> {
	if (server.pid === undefined) return // it could not even be started
	try {
		process.kill(-server.pid, 'SIGKILL')
	} catch {
		return // nobody is left in it
	}
	await exited
}
