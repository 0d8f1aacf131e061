import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { toStoreTrouble } from '../../store-trouble.ts'
import type { QuickReader, Row } from '../quick-reader.ts'

export type SqliteQuickReader = QuickReader & {
	/** Asks anew what was committed so far. */
	lookAgain(): void
	/** What was committed since changed nothing that is looked up. */
	stayAsBefore(): void
}

/**
 * A connection of its own that may not write: the other one may be in the middle of a transaction. `countCommits` tells how
 * often that one may have committed.
 */
export function sqliteQuickReader(databasePath: string, countCommits: () => number): SqliteQuickReader {
	let database: DatabaseSync | undefined
	let isClosed = false
	const prepareLate = (text: string) => {
		let prepared: StatementSync | undefined
		return () => {
			database ??= new DatabaseSync(databasePath, { readOnly: true, timeout: 5_000 })
			return (prepared ??= database.prepare(text))
		}
	}
	const versions = prepareLate('pragma data_version')
	const ask = () => Number(versions().get()?.['data_version'])
	/** SQLite's own number, and ours, which stays where only the audit log grew. */
	let seen: number | undefined
	let version = 0
	let askedAt: number | undefined
	const lookAgain = () => {
		const now = ask()
		if (now !== seen) version += 1
		seen = now
	}
	/** SQLite is asked once in each turn of the event loop, and after every commit of ours: nobody else writes here. */
	const readVersion = () => {
		const commits = countCommits()
		if (askedAt !== commits) {
			lookAgain()
			askedAt = commits
			setImmediate(() => (askedAt = undefined))
		}
		return version
	}
	return {
		prepare(statement) {
			const prepared = prepareLate(statement.replaceAll(/\$\d+/g, '?'))
			// The rows have the statement's own columns.
			return (...parameters) => naming(() => prepared().all(...parameters) as Row[])
		},
		version: () => naming(readVersion),
		lookAgain: () => (isClosed ? undefined : naming(lookAgain)),
		stayAsBefore: () => (isClosed ? undefined : naming(() => (seen = ask()))),
		close() {
			isClosed = true
			database?.close()
		},
	}
}

function naming<T>(ask: () => T): T {
	try {
		return ask()
	} catch (error) {
		throw toStoreTrouble(error)
	}
}
