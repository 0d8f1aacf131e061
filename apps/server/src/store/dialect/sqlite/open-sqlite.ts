import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { ok, type Result } from '@postern/vocabulary'
import * as z from 'zod/mini'
import { toStoreTrouble } from '../../store-trouble.ts'
import { emptyStore, type FoundInStore, type OpenedDialect, readFound } from '../opened-dialect.ts'
import { takeDataFolder } from './data-folder.ts'
import { type CommitWatch, nodeSqliteDialect } from './node-sqlite-driver.ts'
import { type SqliteQuickReader, sqliteQuickReader } from './sqlite-quick-reader.ts'
import { sqliteDisk } from './sqlite-disk.ts'
import { sqliteStoreDialect } from './sqlite-store-dialect.ts'

/** Fails with `start/data-folder-in-use` or `start/configuration`; throws `StoreTrouble` for a file that cannot be read. */
export function openSqlite(path: string): Result<OpenedDialect> {
	const folder = takeDataFolder(path)
	if (!folder.ok) return folder
	const { databasePath, release } = folder.value
	let commits = 0
	let reader: SqliteQuickReader | undefined
	let writer: DatabaseSync | undefined
	const disk = sqliteDisk(databasePath, () => writer)
	const watch: CommitWatch = {
		onCommit: () => (commits += 1),
		// Until it is committed nobody else can commit: what the reader saw before it still holds afterwards.
		commitRecord(commit) {
			reader?.lookAgain()
			commit()
			reader?.stayAsBefore()
		},
	}
	try {
		return ok({
			path,
			storeDialect: sqliteStoreDialect(disk),
			found: lookInto(databasePath),
			use: () => nodeSqliteDialect((writer = openForWriting(databasePath)), watch),
			readQuickly: () => (reader = sqliteQuickReader(databasePath, () => commits)),
			async abandon() {
				await disk.close()
				release()
			},
		})
	} catch (error) {
		release()
		throw toStoreTrouble(error)
	}
}

const nameRows = z.array(z.object({ name: z.string() }))
const installationRows = z.array(z.object({ key: z.string(), value: z.string() }))

/** Reads without a right to write, so that a store this version must not touch stays as it is. */
function lookInto(databasePath: string): FoundInStore {
	if (statSync(databasePath).size === 0) return emptyStore
	const database = new DatabaseSync(databasePath, { readOnly: true })
	try {
		const read = (table: string, columns: string) => {
			const exists = database.prepare('select 1 from sqlite_schema where name = ?').get(table) !== undefined
			return exists ? database.prepare(`select ${columns} from ${table}`).all() : []
		}
		return readFound(
			nameRows.parse(read('kysely_migration', 'name')),
			installationRows.parse(read('installation', 'key, value')),
		)
	} finally {
		database.close()
	}
}

function openForWriting(databasePath: string): DatabaseSync {
	const database = new DatabaseSync(databasePath, { enableForeignKeyConstraints: true, timeout: 5_000 })
	database.exec('pragma journal_mode = wal')
	database.exec('pragma synchronous = full') // an acknowledged write survives a power cut
	database.exec('pragma cache_size = -16384') // KiB
	database.exec('pragma temp_store = memory')
	database.exec('pragma trusted_schema = off')
	database.enableDefensive(true)
	return database
}
