import { join } from 'node:path'
import { cacheFolder, root } from './root.ts'
import { runScript } from './run-tool.ts'

/**
 * How Node runs the server. By itself V8 gives what is new up to 2 × 64 MiB, and keeps them after a busy minute; a quarter takes
 * no more time.
 */
export const serverFlags = ['--max-semi-space-size=16'] as const

/**
 * Starts one of the server's programs in place of this process: what supervises or stops us then deals with the server
 * itself, and no second Node waits beside it. Windows knows no such thing; there it becomes our child.
 */
export function becomeServer(script: string, args: readonly string[]): Promise<number> {
	process.chdir(root)
	process.env['NODE_COMPILE_CACHE'] ??= join(cacheFolder, 'compiled')
	if (process.platform === 'win32' || !process.execve) return runScript(script, args, serverFlags)
	return process.execve(process.execPath, [process.execPath, ...serverFlags, join(root, script), ...args], process.env)
}
