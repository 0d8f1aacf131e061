import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerOrder } from './guard-server.ts'

export type ServerProcess = {
	/** Why the server is gone, with the end of its log; undefined while it runs. */
	failure(): string | undefined
	/** Ends the server and everything it started, and removes its folder. */
	stop(): Promise<void>
}

/**
 * Starts a server in a process group of its own. It ends with us, however we end: a guard process between us holds our
 * pipe, and a closed pipe means that we are gone.
 */
export function startServerProcess(order: ServerOrder): ServerProcess {
	const guard = spawn(process.execPath, [join(import.meta.dirname, 'guard-server.ts'), JSON.stringify(order)], {
		cwd: order.folder,
		detached: true, // Ctrl-C in a terminal goes to its whole process group; the guard must live to clean up.
		stdio: ['pipe', 'ignore', 'inherit'],
		env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
	})
	const ended = once(guard, 'exit')
	let log: string | undefined
	return {
		failure: () => {
			log = readLog(order) ?? log // the guard removes it half a second after the server ended
			return guard.exitCode === null ? undefined : `the server ended:\n${(log ?? '').slice(-2_000)}`
		},
		stop: async () => {
			guard.stdin.end()
			await ended
		},
	}
}

function readLog(order: ServerOrder): string | undefined {
	try {
		return readFileSync(join(order.folder, 'server.log'), 'utf8')
	} catch {
		return undefined
	}
}
