import type { ColumnDataType, Expression, RawBuilder, SqlBool } from 'kysely'

/** A column type, as the dialect spells it. */
export type ColumnType = ColumnDataType | RawBuilder<unknown>

/** Everything in which the two stores differ while they are used. */
export type StoreDialect = {
	readonly type: 'sqlite' | 'postgres'
	readonly columnTypes: {
		readonly bytes: ColumnType
		/** Text that is sorted or searched: compared byte by byte, so that both stores sort alike. */
		readonly sortedText: ColumnType
		/** A primary key that counts from 1 and gives no number twice. */
		readonly numbered: ColumnType
		/** Types the account library expects of its own columns. */
		readonly authDate: ColumnType
		readonly authBoolean: ColumnType
	}
	/** Where a commit waits for the disk on the one thread there is: another way to be sure that it is there. */
	readonly disk?: Disk
	/** The database's own clock, in ms: the same for all who share it. Without it one process has the store to itself. */
	readonly clock?: () => RawBuilder<number>
	/** How a statement that is written by hand names its parameters, which count from 1. */
	readonly placeholder: (index: number) => string
	/** Whether `text` has `part` in it; no character of `part` is special. */
	readonly contains: (text: Expression<string>, part: string) => Expression<SqlBool>
}

export type Disk = {
	/** Commits from here on do not wait for the disk. Only for who holds the connection, and until `wait`. */
	doNotWait(): void
	wait(): void
	/** Over when all that was committed so far is on the disk. Nobody else waits meanwhile. */
	reached(): Promise<void>
}

/** The one mapper of booleans: SQLite keeps 0 and 1. */
export function readBoolean(value: boolean | number | null): boolean {
	return value === true || value === 1
}
