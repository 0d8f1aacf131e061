import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { cacheFolder as ownCache } from '../steps/root.ts'
import { isAlive } from './is-alive.ts'

/** What the tests fetch, unpack and install, and where their sites run: on one file system, for they are hard-linked. */
export const cacheFolder = resolve(process.env['POSTERN_TEST_CACHE'] ?? ownCache)

/**
 * Gives the folder `name` of the cache; `make` fills it if it is not there yet. It appears complete or not at all,
 * and of several askers, in whatever processes, one makes it while the others wait.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
	const folder = join(cacheFolder, name)
	if (existsSync(folder)) return folder
	await mkdir(dirname(folder), { recursive: true })
	await takeLock(folder)
	try {
		if (!existsSync(folder)) await makeWhole(folder, make)
	} finally {
		await rm(lockOf(folder), { force: true })
	}
	return folder
}

const lockOf = (folder: string): string => `${folder}.lock`
const unfinishedOf = (folder: string, maker: number): string => `${folder}.${maker}.unfinished`

async function makeWhole(folder: string, make: (folder: string) => Promise<void>): Promise<void> {
	const unfinished = unfinishedOf(folder, process.pid)
	await mkdir(unfinished)
	try {
		await make(unfinished)
		await rename(unfinished, folder)
	} finally {
		await rm(unfinished, { recursive: true, force: true })
	}
}

/** The lock is a file with the id of the process that holds it. */
async function takeLock(folder: string): Promise<void> {
	while (!(await isLockOurs(folder))) {
		const holder = Number(await readFile(lockOf(folder), 'utf8').catch(() => ''))
		// One without an id is being written at this moment.
		if (holder > 0 && !isAlive(holder)) await clearAfter(holder, folder)
		else await delay(100)
	}
}

async function isLockOurs(folder: string): Promise<boolean> {
	try {
		await writeFile(lockOf(folder), String(process.pid), { flag: 'wx' })
		return true
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
		throw error
	}
}

async function clearAfter(dead: number, folder: string): Promise<void> {
	await rm(unfinishedOf(folder, dead), { recursive: true, force: true })
	await rm(lockOf(folder), { force: true })
}
