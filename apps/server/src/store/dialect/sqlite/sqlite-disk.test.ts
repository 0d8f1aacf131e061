import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteDisk } from './sqlite-disk.ts'

let folder = ''
let path = ''
let writer: DatabaseSync | undefined

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'postern-disk-'))
	path = join(folder, 'postern.db')
})
afterEach(() => {
	writer?.close()
	writer = undefined
	rmSync(folder, { recursive: true })
})

function openDatabase(): DatabaseSync {
	const database = new DatabaseSync(path)
	database.exec('pragma journal_mode = wal')
	database.exec('create table thing (id integer)')
	return (writer = database)
}

/** What is left when the log is lost, as by a power cut before it was on the disk. */
function countWithoutLog(): number {
	const copy = join(folder, 'copy.db')
	copyFileSync(path, copy)
	const database = new DatabaseSync(copy)
	try {
		const isThere = database.prepare("select 1 from sqlite_schema where name = 'thing'").get() !== undefined
		return isThere ? Number(database.prepare('select count(*) as count from thing').get()?.['count']) : 0
	} finally {
		database.close()
	}
}

describe('the disk below SQLite', () => {
	it('is asked again when the log could not be opened once', async () => {
		const disk = sqliteDisk(path, () => writer)
		await expect(disk.reached()).rejects.toThrow('ENOENT')
		openDatabase()
		await disk.reached()
		await disk.close()
	})

	it('is not believed once it lost something: what hangs on that is copied out of the log before more is added', async () => {
		let isBroken = true
		const datasync = async () => {
			if (isBroken) throw new Error('EIO')
		}
		const disk = sqliteDisk(path, () => writer, { openLog: async () => ({ datasync, close: async () => undefined }) })
		const database = openDatabase()
		const record = async () => {
			disk.doNotWait()
			database.exec('insert into thing values (1)')
			disk.wait()
			await disk.reached()
		}
		await expect(record()).rejects.toThrow('EIO')
		expect(countWithoutLog()).toBe(0)
		isBroken = false
		await record()
		expect(countWithoutLog()).toBe(1)
		await record()
		expect(countWithoutLog()).toBe(1)
		await disk.close()
	})

	it('is waited for by everybody while what was lost cannot be copied', async () => {
		const datasync = async () => Promise.reject(new Error('EIO'))
		const disk = sqliteDisk(path, () => writer, { openLog: async () => ({ datasync, close: async () => undefined }) })
		const database = openDatabase()
		database.exec('insert into thing values (1)')
		await expect(disk.reached()).rejects.toThrow('EIO')
		const reader = new DatabaseSync(path, { readOnly: true })
		reader.exec('begin')
		reader.prepare('select * from thing').all()
		database.exec('insert into thing values (2)')
		expect(() => disk.doNotWait()).toThrow('log')
		expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 })
		reader.close()
		disk.doNotWait()
		expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 1 })
		await disk.close()
	})
})
