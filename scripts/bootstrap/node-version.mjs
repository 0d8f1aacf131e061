// @ts-check
import { join } from 'node:path'

/**
 * @typedef {{ name: string, version: string, integrity: string, program: string }} NodePackage
 * @typedef {{ oldest: string, packages: Record<string, NodePackage> }} NodePins
 */

/**
 * Says whether a Node version may run Postern.
 * @param {string} version
 * @param {string} oldest
 */
export function isNewEnough(version, oldest) {
	const [major = 0, minor = 0, patch = 0] = numbersOf(version)
	const [oldestMajor = 0, oldestMinor = 0, oldestPatch = 0] = numbersOf(oldest)
	return (major - oldestMajor || minor - oldestMinor || patch - oldestPatch) >= 0
}

/**
 * Finds the npm package that brings Node to this kind of machine, if there is one.
 * @param {NodePins} pins
 * @param {string} platform
 * @param {string} architecture
 */
export function findNodePackage(pins, platform, architecture) {
	return pins.packages[`${platform}-${architecture}`]
}

/**
 * What a person must do where npm cannot bring the right Node.
 * @param {{ running: string, oldest: string, machine: string }} facts
 */
export function installNodeYourself({ running, oldest, machine }) {
	return (
		`Postern needs Node ${oldest} or newer; this is ${running}, and npm has no such Node for ${machine}.\n` +
		`Install Node 24 from https://nodejs.org/en/download and run the same command again.`
	)
}

/**
 * The manifest and lock file of the folder that holds the fetched Node: npm refuses a package with another content.
 * @param {NodePackage} pinned
 */
export function nodeFolderFiles({ name, version, integrity }) {
	const root = { name: 'postern-node', private: true, dependencies: { [name]: version } }
	const packages = { '': root, [`node_modules/${name}`]: { version, integrity } }
	const lock = { name: root.name, lockfileVersion: 3, requires: true, packages }
	return { 'package.json': JSON.stringify(root), 'package-lock.json': JSON.stringify(lock) }
}

/**
 * Where the fetched Node stands.
 * @param {string} folder
 * @param {NodePackage} pinned
 */
export function fetchedProgram(folder, pinned) {
	return join(folder, 'node_modules', pinned.name, pinned.program)
}

/** @param {string} version */
function numbersOf(version) {
	return version.split('.').map((part) => Number.parseInt(part, 10))
}
