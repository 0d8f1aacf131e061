/** Whether this is the store's refusal of a second row with the same value in a column. */
export function isUniqueViolation(error: unknown, column: string): boolean {
	if (!(error instanceof Error) || !('code' in error)) return false
	const isPostgres = error.code === '23505' && 'constraint' in error && String(error.constraint).includes(column)
	const isSqlite = error.code === 'ERR_SQLITE_ERROR' && error.message.startsWith('UNIQUE constraint failed')
	return isPostgres || (isSqlite && error.message.includes(column))
}
