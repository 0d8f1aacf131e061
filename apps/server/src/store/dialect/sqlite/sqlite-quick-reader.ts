import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { toStoreTrouble } from '../../store-trouble.ts'
import type { QuickReader, Row } from '../quick-reader.ts'

/** A connection of its own that may not write: the other one may be in the middle of a transaction. */
export function sqliteQuickReader(databasePath: string): QuickReader {
	let database: DatabaseSync | undefined
	const open = () => {
		database ??= new DatabaseSync(databasePath, { readOnly: true, timeout: 5_000 })
		return database
	}
	return {
		prepare(statement) {
			const text = statement.replaceAll(/\$\d+/g, '?')
			let prepared: StatementSync | undefined
			return (...parameters) => {
				try {
					prepared ??= open().prepare(text)
					return prepared.all(...parameters) as Row[] // the statement's own columns
				} catch (error) {
					throw toStoreTrouble(error)
				}
			}
		},
		close: () => database?.close(),
	}
}
