import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from './is-alive.ts'

/** What the tests fetch, unpack and install, and where their sites run: on one file system, for they are hard-linked. */
export const cacheFolder = resolve(process.env['POSTERN_TEST_CACHE'] ?? join(import.meta.dirname, '../../.cache'))

/**
 * Gives the folder `name` of the cache; `make` fills it if it is not there yet. It appears complete or not at all,
 * and of several processes only one makes it.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
	const folder = join(cacheFolder, name)
	if (await exists(folder)) return folder
	await mkdir(dirname(folder), { recursive: true })
	await locked(`${folder}.lock`, async () => {
		if (await exists(folder)) return
		const unfinished = `${folder}.${process.pid}.unfinished`
		await rm(unfinished, { recursive: true, force: true })
		await mkdir(unfinished)
		try {
			await make(unfinished)
			await rename(unfinished, folder)
		} finally {
			await rm(unfinished, { recursive: true, force: true })
		}
	})
	return folder
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	)
}

async function locked(lockFile: string, run: () => Promise<void>): Promise<void> {
	while (!(await tookLock(lockFile))) {
		if (await isAbandoned(lockFile)) await rm(lockFile, { force: true })
		else await delay(100)
	}
	try {
		await run()
	} finally {
		await rm(lockFile, { force: true })
	}
}

async function tookLock(lockFile: string): Promise<boolean> {
	try {
		const handle = await open(lockFile, 'wx')
		await handle.writeFile(String(process.pid))
		await handle.close()
		return true
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
		throw error
	}
}

/** A lock whose owner died. One without an owner is being written at this moment. */
async function isAbandoned(lockFile: string): Promise<boolean> {
	const owner = Number(await readFile(lockFile, 'utf8').catch(() => ''))
	return owner > 0 && !isAlive(owner)
}
