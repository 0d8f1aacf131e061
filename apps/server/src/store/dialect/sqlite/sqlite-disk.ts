import { type FileHandle, open } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import type { Disk } from '../dialect.ts'

export type SqliteDisk = Disk & { close(): Promise<void> }

/**
 * What is committed stands in the write-ahead log; it is durable once that file is on the disk, whoever asks for it. SQLite itself
 * would ask on the thread of the event loop (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export function sqliteDisk(databasePath: string, getWriter: () => DatabaseSync | undefined): SqliteDisk {
	let log: Promise<FileHandle> | undefined
	// Run at once: prepared, this pragma would do nothing the second time.
	const set = (mode: 'full' | 'normal') => getWriter()?.exec(`pragma synchronous = ${mode}`)
	return {
		doNotWait: () => set('normal'),
		wait: () => set('full'),
		async reached() {
			// It stays the same file while the database is open. SQLite holds no locks on it that closing it would drop.
			log ??= open(`${databasePath}-wal`, 'r+')
			await (await log).datasync()
		},
		async close() {
			await (await log?.catch(() => undefined))?.close()
			log = undefined
		},
	}
}
