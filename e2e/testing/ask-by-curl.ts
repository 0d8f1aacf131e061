import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export type CurlAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

/** Runs a line that the screens offer, as somebody would who pastes it into a terminal. */
export async function runCurlLine(line: string): Promise<CurlAnswer> {
	const { stdout } = await execute('sh', ['-c', `${line} --silent --show-error --write-out '\\n%{http_code}'`])
	const end = stdout.lastIndexOf('\n')
	return { status: Number(stdout.slice(end + 1)), body: JSON.parse(stdout.slice(0, end)) }
}
