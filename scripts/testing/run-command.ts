import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { npmCommand } from '../bootstrap/npm.mjs'

const execute = promisify(execFile)

/** Runs a command to its end and gives what it printed; fails with the command and what it said. */
export async function runCommand(command: string, args: readonly string[], cwd?: string): Promise<string> {
	const { stdout } = await execute(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 })
	return stdout
}

/** Runs the machine's npm. */
export function runNpm(args: readonly string[], cwd: string): Promise<string> {
	const npm = npmCommand({ execPath: process.execPath, npmExecPath: process.env['npm_execpath'] })
	return runCommand(npm.command, [...npm.args, ...args], cwd)
}
