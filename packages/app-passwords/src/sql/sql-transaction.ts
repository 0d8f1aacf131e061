import type { SqlQuery, SqlTransaction } from './sql-query.ts'

/**
 * Makes transactions out of one connection: what comes meanwhile waits, or it would become part of the transaction that is
 * open, and be undone with it.
 */
export function oneConnection(connection: SqlQuery): {
	readonly query: SqlQuery
	readonly transaction: SqlTransaction
} {
	let last: Promise<unknown> = Promise.resolve()
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const run = last.then(work)
		last = run.catch(() => undefined)
		return run
	}
	const transaction: SqlTransaction = (work) =>
		inTurn(async () => {
			await connection('begin immediate', [])
			try {
				const done = await work(connection)
				await connection('commit', [])
				return done
			} catch (error) {
				// Some errors have ended the transaction already; then there is nothing to undo.
				await connection('rollback', []).catch(() => undefined)
				throw error
			}
		})
	return { query: (sql, params) => inTurn(() => connection(sql, params)), transaction }
}
