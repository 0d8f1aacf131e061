import { fail, type Failure, type Problem } from '@postern/vocabulary'

/**
 * Says that the store cannot work now: `store/full` or `store/unavailable`.
 *
 * Any call may meet this, so it is thrown instead of being a second outcome of every function; a forgotten check would
 * otherwise let a transaction go on after a failed step. It is caught at two doors only: `transaction` gives it back as a
 * `Result`, and the server's error handler renders `problem`.
 */
export class StoreTrouble extends Error {
	readonly problem: Problem

	constructor(problem: Problem) {
		super(problem.code, { cause: problem.cause })
		this.name = 'StoreTrouble'
		this.problem = problem
	}
}

/** Names the trouble behind a driver's error; anything else is a bug of ours and stays as it is. */
export function toStoreTrouble(error: unknown): unknown {
	const failure = readTrouble(error)
	return failure === undefined ? error : new StoreTrouble(failure.problem)
}

function readTrouble(error: unknown): Failure | undefined {
	if (!(error instanceof Error) || error instanceof StoreTrouble) return undefined
	const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
	const kind =
		code === 'ERR_SQLITE_ERROR' && 'errcode' in error
			? kindOfSqlite(Number(error.errcode))
			: kindOfPostgres(code, error)
	if (kind === 'full') return fail('store/full', { cause: error })
	return kind === 'unavailable' ? fail('store/unavailable', { cause: error }) : undefined
}

type Kind = 'full' | 'unavailable' | undefined

const SQLITE_FULL = 13
/** BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, CANTOPEN, PROTOCOL, NOTADB (https://www.sqlite.org/rescode.html). */
const sqliteUnavailable = new Set([5, 6, 7, 8, 10, 11, 14, 15, 26])

function kindOfSqlite(extendedCode: number): Kind {
	const code = extendedCode & 0xff // the low byte is the primary result code
	if (code === SQLITE_FULL) return 'full'
	return sqliteUnavailable.has(code) ? 'unavailable' : undefined
}

const networkCodes = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'ETIMEDOUT',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOENT', // a socket's path
])

/** Classes 08 connection, 28 authorization, 53 resources, 57 operator intervention, 58 system; and single codes (PostgreSQL, appendix A). */
const unavailableState = /^(?:08|28|53|57|58)...$|^(?:25006|3D000|40001|40P01|55P03)$/

/** `pg` reports a lost or late connection with a sentence only. */
const lostConnection =
	/^Connection terminated|^timeout exceeded when trying to connect|not queryable|^Query read timeout|^Client was closed/

function kindOfPostgres(code: string, error: Error): Kind {
	if (code === '53100') return 'full' // disk_full
	if (networkCodes.has(code) || unavailableState.test(code)) return 'unavailable'
	return lostConnection.test(error.message) ? 'unavailable' : undefined
}
