import { type FileHandle, open } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import type { Disk } from '../dialect.ts'

export type SqliteDisk = Disk & { close(): Promise<void> }

type Log = Pick<FileHandle, 'datasync' | 'close'>
type Ports = { readonly openLog?: (path: string) => Promise<Log> }

/**
 * What is committed stands in the write-ahead log; it is durable once that file is on the disk, whoever asks for it. SQLite itself
 * would ask on the thread of the event loop (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export function sqliteDisk(
	databasePath: string,
	getWriter: () => DatabaseSync | undefined,
	{ openLog = (path) => open(path, 'r+') }: Ports = {},
): SqliteDisk {
	let log: Promise<Log> | undefined
	let mayHaveLost = false
	// Run at once: prepared, this pragma would do nothing the second time.
	const set = (mode: 'full' | 'normal') => getWriter()?.exec(`pragma synchronous = ${mode}`)
	const close = async () => {
		const closing = log
		log = undefined
		await (await closing?.catch(() => undefined))?.close()
	}
	return {
		doNotWait() {
			if (mayHaveLost) leaveLog(getWriter())
			mayHaveLost = false
			set('normal')
		},
		wait: () => set('full'),
		async reached() {
			try {
				// It stays the same file while the database is open. SQLite holds no locks on it that closing it would drop.
				log ??= openLog(`${databasePath}-wal`)
				await (await log).datasync()
			} catch (error) {
				mayHaveLost = true
				await close().catch(() => undefined)
				throw error
			}
		},
		close,
	}
}

/**
 * Copies all there is out of the log and begins it anew. What the system failed to write it does not try to write again, and after
 * a hole SQLite would read nothing of what follows.
 */
function leaveLog(writer: DatabaseSync | undefined): void {
	const left = writer?.prepare('pragma wal_checkpoint(truncate)').get()
	if (left?.['busy'] !== 0) throw new Error('the log of the database could not be left')
}
