// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const pollMs = 200

/**
 * Does slow work once although several commands may be started at the same moment: the first does it, the others wait
 * and then find it done. A lock left by a process that has ended counts for nothing.
 * @param {string} lockPath
 * @param {{ isDone: () => boolean, work: () => void, onWait?: (pid: number) => void }} once
 */
export function oneAtATime(lockPath, { isDone, work, onWait }) {
	if (isDone()) return
	takeLock(lockPath, onWait)
	try {
		if (!isDone()) work()
	} finally {
		rmSync(lockPath, { force: true })
	}
}

/**
 * @param {string} lockPath
 * @param {((pid: number) => void) | undefined} onWait
 */
function takeLock(lockPath, onWait) {
	const own = `${lockPath}.${process.pid}`
	mkdirSync(dirname(lockPath), { recursive: true })
	writeFileSync(own, String(process.pid))
	try {
		for (let waits = 0; !tryLink(own, lockPath); waits++) {
			const holder = readHolder(lockPath)
			if (holder === undefined) continue
			if (!isAlive(holder)) clearStaleLock(lockPath, holder)
			else if (waits === 0) onWait?.(holder)
			sleep(pollMs)
		}
	} finally {
		rmSync(own, { force: true })
	}
}

/**
 * A link appears with its content in one step; a created file is empty for a moment.
 * @param {string} own
 * @param {string} lockPath
 */
function tryLink(own, lockPath) {
	try {
		linkSync(own, lockPath)
		return true
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false
		throw error
	}
}

/** @param {string} lockPath */
function readHolder(lockPath) {
	try {
		return Number(readFileSync(lockPath, 'utf8'))
	} catch (error) {
		if (isCode(error, 'ENOENT')) return undefined
		throw error
	}
}

/**
 * Two waiters may see the same stale lock; whoever moved a fresh one away by mistake puts it back.
 * @param {string} lockPath
 * @param {number} stalePid
 */
function clearStaleLock(lockPath, stalePid) {
	const aside = `${lockPath}.stale.${process.pid}`
	try {
		renameSync(lockPath, aside)
	} catch (error) {
		if (isCode(error, 'ENOENT')) return
		throw error
	}
	if (readHolder(aside) !== stalePid) tryLink(aside, lockPath)
	rmSync(aside, { force: true })
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		return isCode(error, 'EPERM') // there, but another account's
	}
}

/** @param {number} ms */
function sleep(ms) {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
	return error instanceof Error && 'code' in error && error.code === code
}
