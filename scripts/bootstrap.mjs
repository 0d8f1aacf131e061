// @ts-check
// Plain JavaScript without dependencies: this file runs on whatever Node (≥ 18) a fresh machine has.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compareInstalled, extentFor, formatStamp, readStamp, serves } from './bootstrap/installed.mjs'
import {
	fetchedProgram,
	findNodePackage,
	installNodeYourself,
	isNewEnough,
	nodeFolderFiles,
} from './bootstrap/node-version.mjs'
import { addTools, installLocked } from './bootstrap/npm.mjs'
import { oneAtATime } from './bootstrap/one-at-a-time.mjs'
import { runChild } from './bootstrap/run-child.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const taskFolder = join(root, 'scripts', 'tasks')
const lockPath = join(root, '.cache', 'bootstrap.lock')
/** @type {import('./bootstrap/node-version.mjs').NodePins} */
const pins = JSON.parse(readFileSync(new URL('./bootstrap/node-pins.json', import.meta.url), 'utf8'))

try {
	process.exitCode = await main(process.argv.slice(2))
} catch (error) {
	say(error instanceof Error ? error.message : String(error))
	process.exitCode = 1
}

/** @param {string[]} argv */
async function main([task = '', ...args]) {
	const file = join(taskFolder, `${task.replace(':', '-')}.ts`)
	if (!existsSync(file)) {
		say(`There is no task "${task}". Tasks: ${taskNames().join(', ')}.`)
		return 2
	}
	if (!isNewEnough(process.versions.node, pins.oldest)) return runWithFetchedNode([task, ...args])
	installFor(task)
	/** @type {{ run: (args: readonly string[]) => Promise<number> }} */
	const module = await import(pathToFileURL(file).href)
	return module.run(args)
}

/**
 * Starts this file again with the Node it needs, fetched from npm the first time.
 * @param {string[]} argv
 */
function runWithFetchedNode(argv) {
	const machine = `${process.platform}-${process.arch}`
	const running = process.versions.node
	const pinned = findNodePackage(pins, process.platform, process.arch)
	if (!pinned) throw new Error(installNodeYourself({ running, oldest: pins.oldest, machine }))
	const folder = join(root, '.node')
	const node = fetchedProgram(folder, pinned)
	const manifest = join(folder, 'node_modules', pinned.name, 'package.json')
	const isDone = () => JSON.parse(readText(manifest) ?? '{}').version === pinned.version
	const work = () => {
		say(`Fetching Node ${pinned.version} (once; this machine has ${running}) …`)
		mkdirSync(folder, { recursive: true })
		for (const [name, text] of Object.entries(nodeFolderFiles(pinned))) writeFileSync(join(folder, name), text)
		installLocked(folder, 'runtime')
		if (spawnSync(node, ['--version']).status === 0) return
		rmSync(join(folder, 'node_modules'), { recursive: true }) // such as a Linux with another C library
		throw new Error(installNodeYourself({ running, oldest: pins.oldest, machine }))
	}
	oneAtATime(lockPath, { isDone, work, onWait: sayWaiting })
	const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH' // Windows says Path
	const path = `${dirname(node)}${delimiter}${process.env[pathName] ?? ''}`
	return runChild(node, [fileURLToPath(import.meta.url), ...argv], { ...process.env, [pathName]: path })
}

/**
 * Installs what the task needs, unless it is there already.
 * @param {string} task
 */
function installFor(task) {
	const needed = extentFor(task)
	const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
	const lockHash = createHash('sha256').update(lockText).digest('hex')
	const stampPath = join(root, 'node_modules', '.postern-installed')
	const isDone = () => serves(readStamp(readText(stampPath), lockHash), needed)
	const work = () => {
		const record = readText(join(root, 'node_modules', '.package-lock.json'))
		const present = record === undefined ? 'nothing' : compareInstalled(JSON.parse(lockText), JSON.parse(record))
		if (serves(present, needed)) return writeFileSync(stampPath, formatStamp(lockHash, present))
		if (needed === 'runtime') say("Installing Postern's dependencies (once) …")
		else say("Installing Postern's dependencies and the tools for its tests (once) …")
		if (present === 'runtime') addTools(root)
		else installLocked(root, needed)
		writeFileSync(stampPath, formatStamp(lockHash, needed))
	}
	oneAtATime(lockPath, { isDone, work, onWait: sayWaiting })
}

function taskNames() {
	return readdirSync(taskFolder).map((file) => file.replace('.ts', '').replace('-', ':'))
}

/** @param {string} path */
function readText(path) {
	return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** @param {number} pid */
function sayWaiting(pid) {
	say(`Waiting for another command (process ${pid}) to finish installing …`)
}

/** @param {string} line */
function say(line) {
	process.stderr.write(`${line}\n`)
}
