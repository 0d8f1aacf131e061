import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Runs a command to its end and gives what it printed; fails with the command and what it said. */
export async function runCommand(command: string, args: readonly string[], cwd?: string): Promise<string> {
	const { stdout } = await execute(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 })
	return stdout
}
