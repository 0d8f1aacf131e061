type Value = string | number
export type Row = Readonly<Record<string, unknown>>

/** Asks one statement: at once on SQLite, later on PostgreSQL. */
export type Ask = (...parameters: readonly Value[]) => readonly Row[] | Promise<readonly Row[]>

/**
 * Reads past Kysely what every request needs, by statements that are prepared once. Sees what is committed when it is asked,
 * and nothing of a transaction under way. Parameters are `$1`, `$2` …, each used once and in this order.
 */
export type QuickReader = {
	prepare(statement: string): Ask
	/** Another one as soon as anything was committed, by whomever; undefined where only the server knows. */
	version(): number | undefined
	close(): void
}
