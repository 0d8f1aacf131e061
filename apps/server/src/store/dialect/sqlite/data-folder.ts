import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '@postern/vocabulary'

/** Holds a data folder for this process. */
export type DataFolder = { readonly databasePath: string; release(): void }

const SQLITE_BUSY = 5

/**
 * Makes the folder (mode 0700) and takes it for this process alone. The lock is the operating system's, on a small
 * database, so it ends with the process however that ends. Fails with `start/data-folder-in-use` or `start/configuration`.
 */
export function takeDataFolder(path: string): Result<DataFolder> {
	try {
		mkdirSync(path, { recursive: true, mode: 0o700 })
		const databasePath = join(path, 'postern.db')
		createPrivately(databasePath) // SQLite gives its journal the same mode
		const lock = takeLock(path)
		return lock.ok ? ok({ databasePath, release: () => lock.value.close() }) : lock
	} catch (error) {
		if (!(error instanceof Error)) throw error
		return fail('start/configuration', { params: { name: 'POSTERN_DATA', reason: error.message }, cause: error })
	}
}

function createPrivately(path: string): void {
	closeSync(openSync(path, 'a', 0o600))
}

function takeLock(folder: string): Result<DatabaseSync> {
	const path = join(folder, 'lock.db')
	createPrivately(path)
	const lock = new DatabaseSync(path, { timeout: 0 })
	try {
		lock.exec('begin immediate') // others may still read who holds it
		lock.exec(`pragma user_version = ${process.pid}`)
		lock.exec('commit')
		lock.exec('begin immediate')
		return ok(lock)
	} catch (error) {
		const isHeld = error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === SQLITE_BUSY
		const pid = isHeld ? readHolder(lock) : 0
		lock.close()
		if (!isHeld) throw error
		return fail('start/data-folder-in-use', { params: { path: folder, pid } })
	}
}

function readHolder(lock: DatabaseSync): number {
	return Number(lock.prepare('pragma user_version').get()?.['user_version'] ?? 0)
}
