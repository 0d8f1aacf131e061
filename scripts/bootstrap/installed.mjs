// @ts-check

/**
 * How much is installed: nothing usable, what running and building needs, or the tools of the house too.
 * @typedef {'nothing' | 'runtime' | 'everything'} Extent
 * @typedef {{ version?: string, dev?: boolean, devOptional?: boolean, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} LockFile
 */

const runtimeTasks = ['start', 'build', 'postern']

/**
 * What must be installed before a task can run.
 * @param {string} task
 * @returns {'runtime' | 'everything'}
 */
export function extentFor(task) {
	return runtimeTasks.includes(task) ? 'runtime' : 'everything'
}

/**
 * Says whether what is there serves what is needed: a full installation also serves `start`.
 * @param {Extent} installed
 * @param {Extent} needed
 */
export function serves(installed, needed) {
	return installed === needed || installed === 'everything'
}

/**
 * What our stamp from the last installation says; nothing when it belongs to another lock file.
 * @param {string | undefined} stamp
 * @param {string} lockHash
 * @returns {Extent}
 */
export function readStamp(stamp, lockHash) {
	if (stamp === `${lockHash} everything`) return 'everything'
	return stamp === `${lockHash} runtime` ? 'runtime' : 'nothing'
}

/**
 * @param {string} lockHash
 * @param {Extent} extent
 */
export function formatStamp(lockHash, extent) {
	return `${lockHash} ${extent}`
}

/**
 * Compares the lock file with npm's own record of what lies in node_modules, so that an `npm install` by hand is not
 * installed a second time.
 * @param {LockFile} lock
 * @param {LockFile} record node_modules/.package-lock.json
 * @returns {Extent}
 */
export function compareInstalled(lock, record) {
	const present = record.packages ?? {}
	/** @type {Extent} */
	let extent = 'everything'
	for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
		if (path === '' || isInstalled(wanted, present[path])) continue
		if (!wanted.dev && !wanted.devOptional) return 'nothing'
		extent = 'runtime'
	}
	return extent
}

/**
 * An optional package may be missing: it is made for another kind of machine.
 * @param {LockedPackage} wanted
 * @param {LockedPackage | undefined} present
 */
function isInstalled(wanted, present) {
	return present ? present.version === wanted.version : wanted.optional === true
}
