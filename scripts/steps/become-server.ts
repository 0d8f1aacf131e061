import { join } from 'node:path'
import { cacheFolder, root } from './root.ts'
import { runScript } from './run-tool.ts'

/**
 * Starts one of the server's programs in place of this process: what supervises or stops us then deals with the server
 * itself, and no second Node waits beside it. Windows knows no such thing; there it becomes our child.
 */
export function becomeServer(script: string, args: readonly string[]): Promise<number> {
	process.chdir(root)
	process.env['NODE_COMPILE_CACHE'] ??= join(cacheFolder, 'compiled')
	if (process.platform === 'win32' || !process.execve) return runScript(script, args)
	return process.execve(process.execPath, [process.execPath, join(root, script), ...args], process.env)
}
