export type SqlValue = string | number | null
export type SqlRow = Readonly<Record<string, unknown>>

/** Runs one statement and gives its rows. Parameters are `$1`, `$2` … on PostgreSQL and `?` on SQLite. */
export type SqlQuery = (sql: string, params: readonly SqlValue[]) => Promise<readonly SqlRow[]>

/** Runs work in one transaction of its own: kept when it is done, undone when it fails. */
export type SqlTransaction = <T>(work: (query: SqlQuery) => Promise<T>) => Promise<T>

export type SqlStatement = { readonly sql: string; readonly params: readonly SqlValue[] }

/** Writes a statement piece by piece; each value becomes the next parameter. */
export function statement(pieces: TemplateStringsArray, ...values: readonly (SqlValue | SqlStatement)[]): SqlStatement {
	return pieces.reduce<SqlStatement>(
		(written, piece, index) => {
			const value = values[index - 1]
			if (value === undefined) return { ...written, sql: written.sql + piece }
			const inner = typeof value === 'object' && value !== null ? value : { sql: '$', params: [value] }
			return { sql: written.sql + inner.sql + piece, params: [...written.params, ...inner.params] }
		},
		{ sql: '', params: [] },
	)
}

/** Joins statements by commas. */
export function listOf(statements: readonly SqlStatement[]): SqlStatement {
	return {
		sql: statements.map(({ sql }) => sql).join(', '),
		params: statements.flatMap(({ params }) => params),
	}
}
