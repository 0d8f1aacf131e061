// @ts-check
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program on our terminal and gives its exit status (128 + number when a signal ended it). What asks us to stop
 * asks it; a terminal's Ctrl-C reaches it without us and is not doubled.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function runChild(command, args, env = process.env) {
	const child = spawn(command, args, { stdio: 'inherit', env })
	const stop = () => child.kill('SIGTERM')
	const interrupt = () => process.stdin.isTTY || child.kill('SIGINT')
	process.on('SIGTERM', stop).on('SIGINT', interrupt)
	const watch = whenOrphaned(stop)
	return new Promise((resolve, reject) => {
		child.once('error', reject)
		child.once('exit', (status, signal) => {
			process.off('SIGTERM', stop).off('SIGINT', interrupt)
			clearInterval(watch)
			resolve(signal ? 128 + constants.signals[signal] : (status ?? 1))
		})
	})
}

/**
 * npm starts us through a shell, and that passes no SIGTERM on: when npm is stopped, we are left behind with another
 * parent, which is all there is to notice it by.
 * @param {() => void} stop
 */
function whenOrphaned(stop) {
	const parent = process.ppid
	const watch = setInterval(() => {
		if (process.env['npm_lifecycle_event'] !== undefined && process.ppid !== parent) stop()
	}, 500)
	return watch.unref()
}
