import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { toStoreTrouble } from '../../store-trouble.ts'
import type { QuickReader, Row } from '../quick-reader.ts'

/**
 * A connection of its own that may not write: the other one may be in the middle of a transaction. `countCommits` tells how
 * often that one may have committed.
 */
export function sqliteQuickReader(databasePath: string, countCommits: () => number): QuickReader {
	let database: DatabaseSync | undefined
	const prepareLate = (text: string) => {
		let prepared: StatementSync | undefined
		return () => {
			database ??= new DatabaseSync(databasePath, { readOnly: true, timeout: 5_000 })
			return (prepared ??= database.prepare(text))
		}
	}
	const versions = prepareLate('pragma data_version')
	let asked: { readonly version: number; readonly commits: number } | undefined
	/** SQLite is asked once in each turn of the event loop, and after every commit of ours: nobody else writes here. */
	const askVersion = () => {
		const commits = countCommits()
		if (asked?.commits !== commits) {
			asked = { version: Number(versions().get()?.['data_version']), commits }
			setImmediate(() => (asked = undefined))
		}
		return asked.version
	}
	return {
		prepare(statement) {
			const prepared = prepareLate(statement.replaceAll(/\$\d+/g, '?'))
			// The rows have the statement's own columns.
			return (...parameters) => naming(() => prepared().all(...parameters) as Row[])
		},
		version: () => naming(askVersion),
		close: () => database?.close(),
	}
}

function naming<T>(ask: () => T): T {
	try {
		return ask()
	} catch (error) {
		throw toStoreTrouble(error)
	}
}
