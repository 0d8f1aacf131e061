// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * How to start npm: its own script with the Node that runs us, else whatever `npm` the machine has.
 * @param {{ execPath: string, npmExecPath: string | undefined, exists?: (path: string) => boolean }} machine
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand({ execPath, npmExecPath, exists = existsSync }) {
	const beside = dirname(execPath)
	const candidates = [
		npmExecPath ?? '',
		join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	]
	const script = candidates.find((path) => path.endsWith('npm-cli.js') && exists(path))
	if (script) return { command: execPath, args: [script], shell: false }
	return { command: 'npm', args: [], shell: process.platform === 'win32' } // npm.cmd is no program of its own there
}

/**
 * Installs exactly what the lock file of a folder says, in place of what is there.
 * @param {string} folder
 * @param {'runtime' | 'everything'} extent
 */
export function installLocked(folder, extent) {
	runNpm(folder, ['ci', extent === 'runtime' ? '--omit=dev' : '--include=dev'])
}

/**
 * Adds the tools of the house to an installation that lacks only them. Nothing that is there is touched: Postern may be
 * running from it.
 * @param {string} folder
 */
export function addTools(folder) {
	runNpm(folder, ['install', '--no-save', '--include=dev'])
}

/**
 * Runs nobody's install scripts, and shows npm's words only when it fails.
 * @param {string} folder
 * @param {readonly string[]} command
 */
function runNpm(folder, command) {
	const npm = npmCommand({ execPath: process.execPath, npmExecPath: process.env['npm_execpath'] })
	const args = [...npm.args, ...command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
	const outcome = spawnSync(npm.command, args, { cwd: folder, shell: npm.shell, encoding: 'utf8' })
	if (outcome.status === 0) return
	const words = outcome.error ? outcome.error.message : `${outcome.stdout}${outcome.stderr}`.trim()
	throw new Error(`npm could not install in ${folder}:\n${words}`)
}
